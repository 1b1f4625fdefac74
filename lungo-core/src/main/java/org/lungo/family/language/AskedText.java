package org.lungo.family.language;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.lungo.data.DataException;
import org.lungo.deploy.batch.TextFileJob;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.TextLimits;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of a file that a model is to continue. A JSON line has its text in {@code prompt} or {@code text}, and may say how
 * it is to be continued, in the fields of {@code /v1/completions} and of {@code lungo generate}: {@code max_tokens}, {@code
 * temperature}, {@code top_k}, {@code top_p}, {@code min_p}, {@code repetition_penalty}, {@code stop}, {@code seed}.
 *
 * @param fields the fields of the line, its text as {@code prompt}, since {@code text} is what the model answers
 */
record AskedText(ObjectNode fields, GenerationSettings settings) {
    private static final String PROMPT = "prompt";
    private static final String TEXT = "text";
    private static final String EXPECTED = "an object with a text in 'prompt' or 'text'";

    /**
     * Reads a line.
     *
     * @param usual what it does not say
     * @throws DataException E302 naming the line and the field
     */
    static AskedText of(TextFileJob.Line line, GenerationSettings usual) {
        ObjectNode fields = line.fields(EXPECTED);
        if (fields.has(PROMPT) && fields.has(TEXT)) {
            throw line.refused("'prompt' and 'text' are both the text to continue; leave one out, or rename it");
        }
        String name = fields.has(PROMPT) ? PROMPT : TEXT;
        if (!fields.path(name).isString()) {
            throw line.expected(EXPECTED);
        }
        return new AskedText(renamed(fields, name), line.json() ? new Settings(line, fields).over(usual) : usual);
    }

    private static ObjectNode renamed(ObjectNode fields, String name) {
        ObjectNode renamed = fields.objectNode();
        fields.properties()
                .forEach(field -> renamed.set(field.getKey().equals(name) ? PROMPT : field.getKey(), field.getValue()));
        return renamed;
    }

    String prompt() {
        return fields.get(PROMPT).asString();
    }

    /** What a line says of how it is continued; null is as good as absent. */
    private record Settings(TextFileJob.Line line, ObjectNode fields) {
        GenerationSettings over(GenerationSettings usual) {
            Sampling sampling = usual.sampling();
            return new GenerationSettings(
                    (int) integer("max_tokens", usual.maxTokens(), 1, TextLimits.MAX_TOKENS),
                    new Sampling(
                            number(
                                    "temperature",
                                    sampling.temperature(),
                                    "between 0 and " + TextLimits.MAX_TEMPERATURE,
                                    value -> value >= 0 && value <= TextLimits.MAX_TEMPERATURE),
                            (int) integer("top_k", sampling.topK(), 0, Integer.MAX_VALUE),
                            number("top_p", sampling.topP(), "above 0 and at most 1", p -> p > 0 && p <= 1),
                            number("min_p", sampling.minP(), "between 0 and 1", p -> p >= 0 && p <= 1),
                            number(
                                    "repetition_penalty",
                                    sampling.repetitionPenalty(),
                                    "above 0",
                                    value -> value > 0 && value < Double.POSITIVE_INFINITY)),
                    stops(usual.stops()),
                    integer("seed", usual.seed(), Long.MIN_VALUE, Long.MAX_VALUE));
        }

        private long integer(String name, long absent, long min, long max) {
            JsonNode value = fields.path(name);
            if (value.isMissingNode() || value.isNull()) {
                return absent;
            }
            if (value.isIntegralNumber()
                    && value.canConvertToLong()
                    && value.asLong() >= min
                    && value.asLong() <= max) {
                return value.asLong();
            }
            throw wrong(name, "a whole number between " + min + " and " + max, value);
        }

        private double number(String name, double absent, String range, DoublePredicate allowed) {
            JsonNode value = fields.path(name);
            if (value.isMissingNode() || value.isNull()) {
                return absent;
            }
            if (value.isNumber() && allowed.test(value.asDouble())) {
                return value.asDouble();
            }
            throw wrong(name, "a number " + range, value);
        }

        private List<String> stops(List<String> absent) {
            JsonNode value = fields.path("stop");
            if (value.isMissingNode() || value.isNull()) {
                return absent;
            }
            List<Object> said = new ArrayList<>();
            for (JsonNode stop : value.isArray() ? value : List.of(value)) {
                said.add(stop.isString() ? stop.asString() : stop);
            }
            List<String> stops = TextLimits.stops(said);
            if (stops == null) {
                throw wrong("stop", TextLimits.EXPECTED_STOPS, value);
            }
            return stops;
        }

        private DataException wrong(String name, String expected, JsonNode value) {
            return line.refused("'" + name + "' must be " + expected + ". Received: " + value);
        }
    }
}
