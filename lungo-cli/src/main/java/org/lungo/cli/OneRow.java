package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.deploy.serving.BadInstanceException;
import org.lungo.deploy.serving.Family;
import org.lungo.deploy.serving.Questions;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One row, or one text, that is typed on the command line. */
final class OneRow {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private OneRow() {}

    /**
     * What the model answers.
     *
     * @throws DataException E302 when it cannot answer for the row
     */
    static Map<String, Object> answer(Family family, Path run, String row) throws IOException {
        try {
            List<@Nullable Object> instances = new ArrayList<>();
            instances.add(STRICT.readValue(row, Map.class));
            return Questions.answers(family, run, instances).get(0);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "--row must be a JSON object, such as {\"age\": 41, \"plan\": \"gold\"}: " + e.getOriginalMessage()
                            + ". Received: " + row);
        } catch (BadInstanceException e) {
            throw new DataException("E302", String.valueOf(e.getMessage()));
        }
    }

    /** A line for each part of an answer. */
    static String text(Map<String, Object> answer) {
        int width = answer.keySet().stream().mapToInt(String::length).max().orElse(0);
        return answer.entrySet().stream()
                .map(part -> String.format(Locale.ROOT, "%-" + width + "s  %s", part.getKey(), value(part.getValue())))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + value(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof Double || value instanceof Float) {
            return String.format(Locale.ROOT, "%.4g", ((Number) value).doubleValue());
        }
        return value instanceof List<?> || value == null
                ? JsonMapper.shared().writeValueAsString(value)
                : value.toString();
    }
}
