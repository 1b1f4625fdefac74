package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.LineEnds;
import org.lungo.data.ReadOptions;
import org.lungo.data.Schema;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.data.TableReader;
import org.lungo.data.TextColumn;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.serving.Family;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers to the first rows or texts of some data, as text to be read on a terminal. They come from the same job that
 * would answer all of the data.
 *
 * @param run the model
 * @param whole the order for all of the data
 */
record FirstAnswers(Family family, Path run, BatchOrder whole) {
    /** A word that means a missing value elsewhere is an answer here. */
    private static final ReadOptions AS_WRITTEN = new ReadOptions(
            ReadOptions.DEFAULTS.layout(), ReadOptions.DEFAULTS.encoding(), List.of(""), null, List.of(), null);

    private static final int ROWS = 10;

    /** Answers and shows. */
    String text() throws IOException {
        Path scratch = Files.createTempDirectory("lungo-predict-");
        try {
            BatchOrder order = family.first(whole, scratch, ROWS);
            family.predict(run, order, BatchListener.NONE);
            return shown(Path.of(order.output())) + unusable(scratch);
        } finally {
            remove(scratch);
        }
    }

    private static String shown(Path answers) throws IOException {
        String name = answers.getFileName().toString();
        List<String> lines = LineEnds.split(Files.readString(answers));
        if (name.endsWith(".csv")) {
            boolean some = lines.size() > 1; // behind the header
            return some ? TextTable.of(rows(answers)).toString() : "";
        }
        return name.endsWith(".jsonl")
                ? TextTable.of(lines.stream().map(FirstAnswers::fields).toList())
                        .toString()
                : lines.stream().map(line -> line + System.lineSeparator()).collect(Collectors.joining());
    }

    private static List<Map<String, String>> rows(Path csv) {
        List<Map<String, String>> rows = new ArrayList<>();
        try (TableReader reader = new Source(csv.toString(), AS_WRITTEN).open()) {
            List<Field> fields = reader.names().stream()
                    .map(column -> new Field(column, Kind.TEXT, null))
                    .toList();
            Table table = reader.head(new Schema(fields), ROWS);
            for (int row = 0; row < table.rows(); row++) {
                Map<String, String> cells = new LinkedHashMap<>();
                for (Field field : fields) {
                    @Nullable String cell = ((TextColumn) table.column(field.name())).values()[row];
                    cells.put(field.name(), cell == null ? "" : cell);
                }
                rows.add(cells);
            }
        }
        return rows;
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field :
                JsonMapper.shared().readTree(line).properties()) {
            JsonNode value = field.getValue();
            fields.put(field.getKey(), value.isString() ? value.asString() : value.toString());
        }
        return fields;
    }

    /** The rows and lines among them that could not be used, some of them; empty without such. */
    private static String unusable(Path scratch) throws IOException {
        Path errors = scratch.resolve("answers.csv.errors.csv");
        if (!Files.exists(errors)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (Map<String, String> bad : rows(errors)) {
            String row = bad.getOrDefault("row", "");
            text.append("cannot be used: ")
                    .append(row.isEmpty() ? "line " + bad.get("line") : "row " + row)
                    .append(": ")
                    .append(bad.get("reason"))
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
