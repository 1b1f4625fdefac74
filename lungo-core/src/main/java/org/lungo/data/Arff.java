package org.lungo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A dense ARFF file, the format of the Weka toolbox: {@code @attribute NAME TYPE} lines, {@code @data}, then CSV lines. */
final class Arff implements RowFeed {
    private final String file;
    private final BufferedReader lines;
    private final @Nullable Consumer<BadRow> broken;
    private final List<String> names = new ArrayList<>();
    private long number;

    private Arff(String file, BufferedReader lines, @Nullable Consumer<BadRow> broken) {
        this.file = file;
        this.lines = lines;
        this.broken = broken;
    }

    /** Reads up to {@code @data}. */
    static Arff open(Source source, @Nullable Consumer<BadRow> broken) {
        try {
            InputStream in = source.stream();
            in.mark(2);
            byte[] start = in.readNBytes(2);
            in.reset();
            Charset charset = Encoding.named(source.options().encoding()).charset(start);
            Arff arff = new Arff(source.location(), new BufferedReader(new InputStreamReader(in, charset)), broken);
            arff.readHead();
            return arff;
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + source.location() + ": " + e.getMessage());
        }
    }

    private void readHead() throws IOException {
        for (String line = line(); line != null; line = line()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("@attribute")) {
                names.add(split(line.substring("@attribute".length()).strip(), ' ')
                        .get(0));
            } else if (lower.startsWith("@data")) {
                return;
            } else if (!lower.startsWith("@relation")) {
                throw failure("expected @attribute, @data or a dense row. Received: " + line);
            }
        }
    }

    /** The next line that is neither empty nor a comment. */
    private @Nullable String line() throws IOException {
        for (String line = LineEnds.read(lines); line != null; line = LineEnds.read(lines)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("%")) {
                return text;
            }
        }
        return null;
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public @Nullable List<@Nullable String> next() throws IOException {
        for (String line = line(); line != null; line = line()) {
            List<String> row = split(line, ',');
            if (!line.startsWith("{") && row.size() == names.size()) {
                return new ArrayList<>(row);
            }
            String reason = line.startsWith("{")
                    ? "expected @attribute, @data or a dense row. Received: " + line
                    : "expected " + names.size() + " values. Received: " + row.size();
            if (broken == null) {
                throw failure(reason);
            }
            broken.accept(new BadRow(0, number, reason, line));
        }
        return null;
    }

    private DataException failure(String reason) {
        return new DataException("E302", file + ":" + number + ": " + reason);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** The parts of {@code line} between separators that stand outside quotes. */
    private static List<String> split(String line, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    part.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == separator || separator == ' ' && c == '\t') {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        return parts;
    }
}
