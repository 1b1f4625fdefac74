package org.lungo.family.labelling;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.lungo.data.DataException;
import org.lungo.data.Documents;
import org.lungo.data.FileSearch;
import org.lungo.data.Source;
import org.lungo.data.TextLines;
import org.lungo.data.TextStart;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sentences whose tokens have labels: files in {@linkplain Conll columns}, or JSON lines with the fields {@code tokens} and
 * {@code labels} (lists of texts, of one length). A folder or a pattern stands for all its files, in the order of their
 * names; files may end in {@code .gz}.
 *
 * <pre>{@code
 * LabelledCorpus corpus = new LabelFiles("train.conll", "utf-8").read();
 * }</pre>
 */
public record LabelFiles(String location, String encoding) {
    /** What the names of such files end with. */
    public static final List<String> ENDINGS = List.of(".conll", ".bio", ".iob", ".iob2", ".bioes", ".bmes");

    private static final Pattern LABEL = Pattern.compile("[Oo0]|[BIESMLUbiesmlu][-_]\\S+");
    private static final int LOOKED_AT = 200;

    /**
     * Reads all sentences, recognises their scheme, and brings entities to BIO.
     *
     * @throws DataException naming the file and the line that cannot be used
     */
    public LabelledCorpus read() {
        LabelReading reading = new LabelReading();
        for (String file : files()) {
            if (isJson(file)) {
                addJson(file, reading);
            } else {
                Conll conll = Conll.read(file, encoding);
                for (Conll.Block block : conll.blocks()) {
                    conll.requireLabels(block.first());
                    reading.add(file, block.first(), 1, new LabelledSentence(block.tokens(), block.labels()));
                }
            }
        }
        if (reading.isEmpty()) {
            throw new DataException("E301", location + " holds no sentence");
        }
        return reading.corpus();
    }

    private List<String> files() {
        return new File(location).isDirectory() ? FileSearch.below(Path.of(location)) : FileSearch.of(location);
    }

    private static boolean isJson(String file) {
        String name = Documents.withoutGz(file);
        return name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    private void addJson(String file, LabelReading reading) {
        List<String> lines = TextLines.of(file, encoding);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    JsonNode sentence = JsonMapper.shared().readTree(lines.get(i));
                    reading.add(
                            file, i + 1, 0, new LabelledSentence(texts(sentence, "tokens"), texts(sentence, "labels")));
                } catch (JacksonException e) {
                    throw new DataException(
                            "E302", file + ":" + (i + 1) + ": no valid JSON; " + e.getOriginalMessage());
                } catch (IllegalArgumentException e) {
                    throw new DataException("E302", file + ":" + (i + 1) + ": " + e.getMessage());
                }
            }
        }
    }

    private static List<String> texts(JsonNode sentence, String field) {
        JsonNode list = sentence.path(field);
        List<String> texts = new ArrayList<>();
        list.forEach(value -> texts.add(value.isString() ? value.asString() : ""));
        if (!list.isArray() || texts.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "expected {\"tokens\": [...], \"labels\": [...]} with lists of texts that"
                            + " are not empty. Received: " + Conll.shown(sentence.toString()));
        }
        return texts;
    }

    /** The SHA-256 of the file; of several, that of all of theirs. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : files()) {
                try (InputStream in = new DigestInputStream(Files.newInputStream(Path.of(file)), digest)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new DataException("E301", "cannot read " + location + ": " + e.getMessage());
        }
    }

    /**
     * Whether {@code location} holds labelled sentences: by its ending, or because the first lines of its files look so
     * (columns of which the last holds labels of entities and empty lines between, or the fields of JSON lines).
     */
    public static boolean areMeant(String location) {
        if (location.startsWith("jdbc:") || location.startsWith("generated:")) {
            return false;
        }
        try {
            List<String> files = new LabelFiles(location, "utf-8").files();
            return !files.isEmpty() && files.stream().allMatch(LabelFiles::isMeant);
        } catch (DataException e) {
            return false;
        }
    }

    /** Whether the name of a file says that it is in columns. */
    public static boolean isNamedSo(String file) {
        String name = Documents.withoutGz(file);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static boolean isMeant(String file) {
        if (isNamedSo(file)) {
            return true;
        }
        List<String> lines = start(file);
        if (isJson(file)) {
            return !lines.isEmpty()
                    && lines.get(0).matches("\\s*\\{.*\"tokens\"\\s*:\\s*\\[.*")
                    && lines.get(0).contains("\"labels\"");
        }
        return looksLabelled(lines);
    }

    private static List<String> start(String file) {
        try {
            List<String> lines = TextStart.of(Source.of(file)).lines();
            return lines.subList(0, Math.min(LOOKED_AT, lines.size()));
        } catch (IOException e) {
            return List.of(); // whoever reads it says why
        }
    }

    private static boolean looksLabelled(List<String> lines) {
        boolean found = false;
        boolean empty = false;
        for (String line : lines) {
            if (line.isBlank()) {
                empty = true;
            } else if (!line.startsWith("-DOCSTART-") && !line.startsWith("# ")) {
                String[] cells = line.split("[ \t]+");
                String last = cells[cells.length - 1];
                if (cells.length < 2 || !LABEL.matcher(last).matches()) {
                    return false;
                }
                found |= last.length() > 1;
            }
        }
        return found && empty;
    }
}
