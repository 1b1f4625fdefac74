package org.lungo.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.BadInstanceException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON as strictly as RFC 8259 and our limits say: no key twice, no NaN, nothing behind the end. */
final class StrictJson {
    private static final int LONGEST_NUMBER = 400;
    private static final int LONGEST_TEXT = 1 << 20;

    private final JsonFactory factory;
    private final int depth;

    StrictJson(Limits limits) {
        this.depth = limits.depth();
        this.factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(LONGEST_TEXT)
                        .maxNameLength(1000)
                        .build())
                .build();
    }

    /** Reads a value with a parser that stands on its first token. */
    @FunctionalInterface
    interface Reader<T> {
        T read(JsonParser parser);
    }

    /**
     * Reads all of {@code body}.
     *
     * @throws HttpFailure 400 when it is not strict JSON
     */
    <T> T read(byte[] body, Reader<T> reader) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() == null) {
                throw HttpFailure.badRequest("the body is empty; expected JSON");
            }
            T value = reader.read(parser);
            if (parser.nextToken() != null) {
                throw HttpFailure.badRequest("nothing may follow the JSON value" + place(parser));
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw HttpFailure.badRequest("the JSON is nested deeper than " + depth
                    + " levels, or holds a number of more than " + LONGEST_NUMBER + " digits or a text of more than "
                    + LONGEST_TEXT + " characters" + place(e));
        } catch (JacksonException e) {
            throw HttpFailure.badRequest("not valid JSON: " + firstSentence(e.getOriginalMessage()) + place(e));
        }
    }

    /** The body's one object. */
    Map<String, @Nullable Object> object(byte[] body) {
        return read(body, parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw HttpFailure.badRequest("expected a JSON object. Received: " + kind(parser.currentToken()));
            }
            return object(parser);
        });
    }

    /** The object at whose beginning {@code parser} stands. */
    static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    /** A text, a number, a truth value, null, a list or a map. */
    static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** What a token begins, in words. */
    static String kind(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    /** What kind of JSON a value is, in words. */
    static String kind(@Nullable Object value) {
        return BadInstanceException.kind(value);
    }

    private static String place(JsonParser parser) {
        var location = parser.currentTokenLocation();
        return " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String firstSentence(@Nullable String text) {
        String message = text == null ? "" : text.lines().findFirst().orElse("");
        return message.replaceFirst(": (enable|was expecting) .*", "").replaceFirst(" ?\\(start marker at .*", "");
    }
}
