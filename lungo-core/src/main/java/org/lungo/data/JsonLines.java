package org.lungo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON lines as lines, so that a broken one stops nothing: DuckDB's own reader tells nobody which it left out. */
final class JsonLines {
    /** A column with the line where it is no JSON object, else null. */
    static final String BROKEN = "\"broken json line\"";

    private static final String COPY = "\u0002";
    private static final String TEXTS = "texts";
    private static final String TYPES = "types";
    private static final String INNER = "inner_";
    private static final int LOOKED_AT = 10_000;
    private static final int SHOWN = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private JsonLines() {}

    static boolean reads(Source source) {
        return List.of("jsonl", "ndjson").contains(source.extension());
    }

    /** The names that occur in the first lines, in order; as in {@link Columns}, objects within a row give {@code a.b}. */
    static Set<String> names(Source source) {
        Map<String, Boolean> filled = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(source.stream(), StandardCharsets.UTF_8))) {
            String line = LineEnds.read(in);
            for (int i = 0; i < LOOKED_AT && line != null; i++) {
                addNames(line, filled);
                line = LineEnds.read(in);
            }
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + source.location() + ": " + e.getMessage());
        }
        return names(filled);
    }

    /** The names that occur in all objects of a file; DuckDB cannot read it if keys within one differ only by case. */
    static Set<String> names(Source source, Connection connection) throws SQLException {
        Map<String, Boolean> filled = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT json FROM " + objects(source))) {
            while (rows.next()) {
                addNames(rows.getString(1), filled);
            }
        }
        return names(filled);
    }

    /** Of a file in which no object has a value. */
    static DataException withoutValues(Source source) {
        try {
            String start = TextStart.of(source).text().strip();
            String shown = start.length() > SHOWN ? start.substring(0, SHOWN) + "..." : start;
            return new DataException(
                    "E301",
                    source.location() + " must hold objects with values, such as {\"age\": 41, \"city\": \"Rome\"}."
                            + " Received: " + shown.replaceAll("\\s+", " "));
        } catch (IOException e) {
            return new DataException("E301", "cannot read " + source.location() + ": " + e.getMessage());
        }
    }

    /** DuckDB's SQL for the objects of a file, in the column {@code json}. */
    static String objects(Source source) {
        return "read_json_objects(" + Sql.quote(source.location()) + ", " + source.packing() + ")";
    }

    /** The objects of a file as rows of {@code columns}. */
    static String objects(Source source, Set<String> columns) {
        String values = columns.stream()
                .map(name -> value("json", name) + " AS " + Sql.name(name))
                .collect(Collectors.joining(", "));
        return "(SELECT " + values + " FROM " + objects(source) + ")";
    }

    private static Set<String> names(Map<String, Boolean> filled) {
        Set<String> names = new LinkedHashSet<>(filled.keySet());
        // Where an object is missing, its name stands for those within it.
        names.removeIf(name -> Boolean.FALSE.equals(filled.get(name))
                && filled.keySet().stream().anyMatch(other -> other.startsWith(name + ".")));
        return names;
    }

    private static void addNames(String line, Map<String, Boolean> filled) {
        try {
            addNames("", JSON.readTree(line), filled);
        } catch (JacksonException e) {
            // It is reported when its turn comes.
        }
    }

    private static void addNames(String outer, JsonNode object, Map<String, Boolean> filled) {
        for (Map.Entry<String, JsonNode> value : object.properties()) {
            if (value.getValue().isObject()) {
                addNames(outer + value.getKey() + ".", value.getValue(), filled);
            } else {
                filled.merge(outer + value.getKey(), !value.getValue().isNull(), Boolean::logicalOr);
            }
        }
    }

    /** The column of {@link #relation} that holds the values of {@code kept} as they stand in the file. */
    static String copy(String kept) {
        return COPY + kept;
    }

    /**
     * The lines that are not empty, as rows of {@code fields}, of the {@linkplain #copy copies} of {@code kept} and
     * {@link #BROKEN}. A JSON number is one in whatever form a field has its texts.
     */
    static String relation(Source source, List<Field> fields, List<String> kept) {
        String lines = "read_csv(" + Sql.quote(source.location()) + ", " + source.packing()
                + ", auto_detect = false, header = false,"
                + " delim = '\u001f', quote = '', escape = '', max_line_size = 16777216, columns = {'line': 'VARCHAR'})";
        String isObject = "CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' ELSE false END";
        Lookup lookup = Lookup.of(fields, kept);
        String values = Stream.concat(
                        fields.stream().map(field -> number(field, lookup) + " AS " + Sql.name(field.name())),
                        kept.stream().distinct().map(name -> lookup.of(TEXTS, name) + " AS " + Sql.name(copy(name))))
                .map(value -> value + ", ")
                .collect(Collectors.joining());
        String lists = lookup.lists("json_extract_string", TEXTS)
                + (fields.stream().anyMatch(JsonLines::hasComma) ? lookup.lists("json_type", TYPES) : "");
        return "(SELECT " + values + "broken AS " + BROKEN + " FROM (SELECT " + lists + "broken FROM (SELECT"
                + " CASE WHEN whole THEN line END AS object, CASE WHEN NOT whole THEN line END AS broken FROM (SELECT line, "
                + isObject + " AS whole FROM " + lines + " WHERE trim(line) <> ''))))";
    }

    private static boolean hasComma(Field field) {
        String format = field.format();
        return field.kind() == Kind.NUMBER && format != null && format.startsWith(",");
    }

    /** The value of a field, whose numbers are spelled as its texts are. */
    private static String number(Field field, Lookup lookup) {
        String text = lookup.of(TEXTS, field.name());
        return hasComma(field)
                ? "CASE WHEN " + lookup.of(TYPES, field.name()) + " IN ('DOUBLE', 'BIGINT', 'UBIGINT') THEN replace("
                        + text + ", '.', ',') ELSE " + text + " END"
                : text;
    }

    /**
     * What is looked up in an object, all of it at once: DuckDB parses the object for each look-up, and looks into broken lines
     * too when there are many.
     *
     * @param names of all values
     * @param dotted those that may stand within objects
     */
    private record Lookup(List<String> names, List<String> dotted) {
        static Lookup of(List<Field> fields, List<String> kept) {
            List<String> names = Stream.concat(fields.stream().map(Field::name), kept.stream())
                    .distinct()
                    .toList();
            return new Lookup(
                    names, names.stream().filter(name -> paths(name).size() > 1).toList());
        }

        /** SQL for what {@code function} finds: a list of which {@link #of} takes its part, and one for the dotted names. */
        String lists(String function, String list) {
            return list(function, names, 0, list) + list(function, dotted, 1, INNER + list);
        }

        private static String list(String function, List<String> names, int path, String list) {
            return names.isEmpty()
                    ? ""
                    : names.stream()
                            .map(name -> Sql.quote(paths(name).get(path)))
                            .collect(Collectors.joining(", ", function + "(object, [", "]) AS " + list + ", "));
        }

        /** SQL for what a list holds of a name. */
        String of(String list, String name) {
            String outer = list + "[" + (names.indexOf(name) + 1) + "]";
            int inner = dotted.indexOf(name);
            return inner < 0 ? outer : "coalesce(" + outer + ", " + INNER + list + "[" + (inner + 1) + "])";
        }
    }

    /** A name with dots is a key, or one within objects. */
    private static List<String> paths(String name) {
        List<String> paths = new ArrayList<>(List.of(path(name)));
        if (name.contains(".")) {
            paths.add(path(name.split("\\.", -1)));
        }
        return paths;
    }

    private static String value(String object, String name) {
        return paths(name).stream()
                .map(path -> object + " ->> " + Sql.quote(path))
                .collect(Collectors.joining(", ", "coalesce(", ")"));
    }

    private static String path(String... keys) {
        return Arrays.stream(keys)
                .map(key -> ".\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining("", "$", ""));
    }
}
