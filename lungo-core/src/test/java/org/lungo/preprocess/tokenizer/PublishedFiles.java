package org.lungo.preprocess.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.lungo.vectors.SharedData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Published vocabularies, vectors and texts. */
final class PublishedFiles {
    private PublishedFiles() {}

    /** A text and what another implementation made of it. */
    record Vector(String name, String text, int[] ids, String decoded) {}

    static Path path(String file) {
        return SharedData.file(file);
    }

    static String text(String file) {
        try (InputStream bytes = Files.newInputStream(path(file));
                InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The texts of the files in an archive. */
    static List<String> unzipped(String file) {
        List<String> texts = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(path(file)))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    texts.add(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Vector> vectors(String file) {
        JsonNode cases = new JsonMapper().readTree(text(file)).get("cases");
        return StreamSupport.stream(cases.spliterator(), false)
                .map(one -> new Vector(
                        one.get("name").asString(),
                        one.get("text").asString(),
                        IntStream.range(0, one.get("ids").size())
                                .map(i -> one.get("ids").get(i).asInt())
                                .toArray(),
                        one.get("decoded").asString()))
                .toList();
    }
}
