package org.lungo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A dense ARFF file, the format of the Weka toolbox: {@code @attribute NAME TYPE} lines, {@code @data}, then CSV lines. */
record Arff(List<String> names, List<List<String>> rows) {
    static Arff parse(List<String> lines, String file) {
        List<String> names = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        boolean data = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            String lower = line.toLowerCase(Locale.ROOT);
            if (line.isEmpty() || line.startsWith("%") || lower.startsWith("@relation")) {
                continue;
            }
            if (lower.startsWith("@attribute")) {
                names.add(split(line.substring("@attribute".length()).strip(), ' ')
                        .get(0));
            } else if (lower.startsWith("@data")) {
                data = true;
            } else if (!data || line.startsWith("{")) {
                throw new DataException(
                        "E302",
                        file + ":" + (i + 1) + ": expected @attribute, @data or a dense row. Received: " + line);
            } else {
                List<String> row = split(line, ',');
                if (row.size() != names.size()) {
                    throw new DataException(
                            "E302",
                            file + ":" + (i + 1) + ": expected " + names.size() + " values. Received: " + row.size());
                }
                rows.add(row);
            }
        }
        return new Arff(names, rows);
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
