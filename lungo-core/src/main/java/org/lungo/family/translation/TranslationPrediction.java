package org.lungo.family.translation;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.lungo.data.LineReader;
import org.lungo.data.WriteLock;
import org.lungo.tensor.Check;

/**
 * Translates a file, line by line: as many lines come out as went in.
 *
 * @param texts how many lines were translated
 * @param tokens that were written, the ends included
 */
public record TranslationPrediction(long texts, long tokens) {
    private static final int TEXTS_AT_ONCE = 512;

    /**
     * Translates the lines of {@code file} and writes {@code out}, which is there whole or not at all; both may end in .gz.
     *
     * @param encoding of the file
     * @throws org.lungo.data.DataException naming the line that cannot be used
     * @throws org.lungo.data.BusyException when another process writes {@code out}
     * @throws IllegalArgumentException when a line is longer than the model's context, saying which
     */
    public static TranslationPrediction run(
            Translator translator, Path file, String encoding, Path out, Translator.Settings settings)
            throws IOException {
        Check.that(
                !file.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize()),
                "--out must name another file than the one that is read",
                out);
        Path folder = out.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path written = out.resolveSibling(out.getFileName() + ".writing");
        TranslationPrediction done;
        try (WriteLock lock = WriteLock.ofFile(out)) {
            try (LineReader lines = LineReader.open(file.toString(), encoding);
                    Writer writer = new OutputStreamWriter(open(out, written), StandardCharsets.UTF_8)) {
                done = lines(translator, lines, writer, settings, TEXTS_AT_ONCE);
            } catch (RuntimeException | IOException e) {
                Files.deleteIfExists(written);
                throw e;
            }
            Files.move(written, out, StandardCopyOption.REPLACE_EXISTING);
        }
        return done;
    }

    private static OutputStream open(Path out, Path written) throws IOException {
        OutputStream bytes = Files.newOutputStream(written);
        return out.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes;
    }

    /**
     * Translates lines as they come.
     *
     * @param most how many lines are waited for before some are translated
     */
    public static TranslationPrediction lines(
            Translator translator, LineReader lines, Writer writer, Translator.Settings settings, int most)
            throws IOException {
        long texts = 0;
        long tokens = 0;
        while (lines.hasNext()) {
            List<String> some = new ArrayList<>();
            while (some.size() < most && lines.hasNext()) {
                some.add(lines.next());
            }
            for (Translator.Translation translation : translator.translateAll(some, settings, texts + 1)) {
                writer.write(translation.text().replaceAll("\\R", " ") + "\n"); // one line for each
                tokens += translation.tokens();
            }
            writer.flush();
            texts += some.size();
        }
        return new TranslationPrediction(texts, tokens);
    }
}
