package org.lungo.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.data.Suggestion;
import org.lungo.data.Table;
import org.lungo.family.tables.Predictor;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads rows for people: {@code {"instances": [{"age": 41, "plan": "gold"}]}}. */
record Instances(StrictJson json, Limits limits) {
    /**
     * The rows as a table.
     *
     * @throws HttpFailure 400 naming the row, the field and what was expected
     */
    Table read(byte[] body, Predictor predictor) {
        List<String> names = predictor.features().names();
        List<Map<String, @Nullable Object>> rows = json.read(body, parser -> rows(parser, names));
        try {
            return predictor.parse(rows);
        } catch (DataException e) {
            throw HttpFailure.badRequest(row(rows, predictor) + e.getMessage());
        }
    }

    private List<Map<String, @Nullable Object>> rows(JsonParser parser, List<String> names) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw expected(StrictJson.kind(parser.currentToken()));
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        boolean found = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (!name.equals("instances")) {
                throw HttpFailure.badRequest("unknown field '" + name + "'; expected {\"instances\": [{...}, ...]}");
            }
            found = true;
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw HttpFailure.badRequest(
                        "instances must be a list of objects. Received: " + StrictJson.kind(parser.currentToken()));
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                rows.add(row(parser, rows.size() + 1, names));
                if (rows.size() > limits.rows()) {
                    throw HttpFailure.badRequest("a request may hold " + limits.rows()
                            + " rows at most; send fewer, or use lungo predict for whole files");
                }
            }
        }
        if (!found || rows.isEmpty()) {
            throw expected(found ? "no row" : "no instances");
        }
        return rows;
    }

    private static HttpFailure expected(String received) {
        return HttpFailure.badRequest(
                "expected {\"instances\": [{...}, ...]} with one row or more. Received: " + received);
    }

    private static Map<String, @Nullable Object> row(JsonParser parser, int number, List<String> names) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw HttpFailure.badRequest(
                    "row " + number + " must be an object. Received: " + StrictJson.kind(parser.currentToken()));
        }
        Map<String, @Nullable Object> row = StrictJson.object(parser);
        row.forEach((name, value) -> check(number, name, value, names));
        return row;
    }

    private static void check(int number, String name, @Nullable Object value, List<String> names) {
        if (!names.contains(name)) {
            throw HttpFailure.badRequest("row " + number + ": unknown field '" + name + "'"
                    + Suggestion.sentence(name, names) + " Fields: " + String.join(", ", names));
        }
        if (value instanceof Map || value instanceof List) {
            throw HttpFailure.badRequest("row " + number + ": field '" + name
                    + "' must be a text, a number, true, false or null. Received: " + StrictJson.kind(value));
        }
        if (value instanceof Double number1 && !Double.isFinite(number1)) {
            throw HttpFailure.badRequest("row " + number + ": field '" + name
                    + "' must be a finite number. Received: one beyond the range of 64-bit floating point");
        }
    }

    /** {@code "row 3: "} for the first row that cannot be used. */
    private static String row(List<Map<String, @Nullable Object>> rows, Predictor predictor) {
        for (int i = 0; i < rows.size(); i++) {
            try {
                predictor.encode(predictor.parse(List.of(rows.get(i))));
            } catch (DataException e) {
                return "row " + (i + 1) + ": ";
            }
        }
        return "";
    }
}
