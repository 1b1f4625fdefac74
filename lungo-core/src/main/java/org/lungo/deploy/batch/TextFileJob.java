package org.lungo.deploy.batch;

import java.io.BufferedWriter;
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
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.lungo.data.DataException;
import org.lungo.data.LineReader;
import org.lungo.data.WriteLock;
import org.lungo.tensor.Check;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of texts that a model is to answer, and the file for its answers, which is there whole or not at all. In files
 * that end in {@code .jsonl} or {@code .ndjson} each line is a JSON object, in all others each line is a text. Both files
 * may end in {@code .gz}.
 *
 * <pre>{@code
 * TextFileJob job = TextFileJob.of(order, "utf-8", listener);
 * job.write(out -> {
 *     job.forEach(256, lines -> {
 *         for (TextFileJob.Line line : lines) {
 *             TextFileJob.writeLine(out, line.fields("an object"), Map.of("length", line.raw().length()));
 *         }
 *     });
 *     return null;
 * });
 * }</pre>
 *
 * @param encoding of the input, such as {@code utf-8}; the output is in UTF-8
 * @param limit the number of lines that are read
 * @param listener receives the number of texts that were answered
 */
public record TextFileJob(Path input, String encoding, Path output, long limit, BatchListener listener) {
    private static final int SHOWN = 60;
    private static final String TABLES = "(?i).*\\.(csv|tsv|parquet|arff|xlsx|json)(\\.gz)?";

    /** The files of {@code order}. */
    public static TextFileJob of(BatchOrder order, String encoding, BatchListener listener) {
        return new TextFileJob(Path.of(order.input()), encoding, Path.of(order.output()), order.limit(), listener);
    }

    /** Writes the answers. */
    @FunctionalInterface
    public interface Writing<R> {
        /** Returns a summary of the answers. */
        R to(Writer out) throws IOException;
    }

    /** Takes some lines of the file. */
    @FunctionalInterface
    public interface Lines {
        /** {@code lines} follow those of the call before. */
        void take(List<Line> lines) throws IOException;
    }

    /**
     * A line of the file.
     *
     * @param place the file and the number of the line, for messages
     * @param raw as it stands there
     * @param json whether it is to be a JSON object
     */
    public record Line(String place, String raw, boolean json) {
        /**
         * The fields of a JSON object; of another line {@code text} alone.
         *
         * @param expected what a line must be: "an object with a text in 'text'"
         * @throws DataException E302 when it is no JSON object
         */
        public ObjectNode fields(String expected) {
            if (!json) {
                return JsonMapper.shared().createObjectNode().put("text", raw);
            }
            try {
                if (JsonMapper.shared().readTree(raw) instanceof ObjectNode object) {
                    return object;
                }
            } catch (JacksonException e) {
                // said below
            }
            throw expected(expected);
        }

        /** An error that says what the line must be. */
        public DataException expected(String what) {
            String shown = raw.length() > SHOWN ? raw.substring(0, SHOWN) + "..." : raw;
            return refused("expected " + what + ". Received: " + shown);
        }

        /** An error that says why the line cannot be used. */
        public DataException refused(String reason) {
            return new DataException("E302", place + ": " + reason);
        }
    }

    /** Whether each line of the input is a JSON object, by its name. */
    public boolean isJson() {
        String name = input.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    /**
     * Lets {@code writing} write to a file that takes the place of the output once it is complete. If it fails, what stood
     * there stays.
     *
     * @throws IllegalArgumentException when the output is the input, a folder, or named like a table
     * @throws org.lungo.data.BusyException when another process writes the output
     */
    public <R> R write(Writing<R> writing) throws IOException {
        Check.that(
                !input.toAbsolutePath()
                        .normalize()
                        .equals(output.toAbsolutePath().normalize()),
                "--out must name another file than the one that is read",
                output);
        Check.that(
                !output.toString().matches(TABLES),
                "answers to texts are lines of JSON or text; name a file such as answers.jsonl with --out",
                output);
        Check.that(!Files.isDirectory(output), "--out must name a file", output + ", which is a folder");
        Path folder = output.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path written = output.resolveSibling(output.getFileName() + ".writing");
        try (WriteLock lock = WriteLock.ofFile(output)) {
            R result;
            try (Writer out = new BufferedWriter(new OutputStreamWriter(open(written), StandardCharsets.UTF_8))) {
                result = writing.to(out);
            } catch (RuntimeException | IOException e) {
                Files.deleteIfExists(written);
                throw e;
            }
            Files.move(written, output, StandardCopyOption.REPLACE_EXISTING);
            return result;
        }
    }

    private OutputStream open(Path written) throws IOException {
        OutputStream bytes = Files.newOutputStream(written);
        return output.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes;
    }

    /**
     * Hands over all lines in order, at most {@code maxLines} at a time. Blank lines between JSON objects are passed over; in
     * other files they are texts.
     *
     * @throws DataException E301 when the file cannot be read, is empty, or is not in its encoding
     */
    public void forEach(int maxLines, Lines lines) throws IOException {
        boolean json = isJson();
        long number = 0;
        long taken = 0;
        try (LineReader reader = lines()) {
            while (reader.hasNext()) {
                List<Line> some = new ArrayList<>();
                for (String line : reader.next(maxLines)) {
                    number++;
                    if (!json || !line.isBlank()) {
                        some.add(new Line(input + ":" + number, line, json));
                    }
                }
                taken += some.size();
                lines.take(some);
            }
        }
        if (taken == 0) {
            throw empty();
        }
    }

    /**
     * The lines of the input, as many as are read.
     *
     * @throws DataException E301 when the file cannot be read, or is empty
     */
    public LineReader lines() {
        LineReader lines = LineReader.open(input.toString(), encoding).first(limit);
        if (!lines.hasNext()) {
            lines.close();
            throw empty();
        }
        return lines;
    }

    private DataException empty() {
        return new DataException(
                "E301",
                input + " is empty; it must hold " + (isJson() ? "a JSON object" : "a text") + " in each of its lines");
    }

    /** Tells the listener that {@code texts} were answered so far. */
    public void answered(long texts) {
        listener.progressed(new Counts(texts, 0, 0));
    }

    /** Writes a JSON object of {@code fields} and of what the model answers, which replaces fields of the same name. */
    public static void writeLine(Writer out, ObjectNode fields, Map<String, ?> answer) throws IOException {
        ObjectNode all = fields.deepCopy();
        answer.forEach((name, value) -> all.set(name, JsonMapper.shared().valueToTree(value)));
        out.write(all.toString());
        out.write('\n');
    }
}
