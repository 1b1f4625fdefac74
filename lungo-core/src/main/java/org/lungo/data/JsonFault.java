package org.lungo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Finds the place where a JSON file is broken. */
final class JsonFault {
    private JsonFault() {}

    /** What is wrong with the file, or null when it is JSON. */
    static @Nullable DataException of(Source source) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(source.stream(), StandardCharsets.UTF_8))) {
            if (source.extension().equals("json")) {
                TokenStreamLocation place = fault(in);
                return place == null ? null : message(source, place.getLineNr(), place);
            }
            long line = 1;
            for (String text = LineEnds.read(in); text != null; text = LineEnds.read(in)) {
                TokenStreamLocation place = fault(new StringReader(text));
                if (place != null) {
                    return message(source, line, place);
                }
                line++;
            }
            return null;
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + source.location() + ": " + e.getMessage());
        }
    }

    private static DataException message(Source source, long line, TokenStreamLocation place) {
        return new DataException(
                "E302",
                source.location() + ":" + line + ": no valid JSON at column " + place.getColumnNr()
                        + "; expected one object a line, or in a .json file a list of objects");
    }

    private static @Nullable TokenStreamLocation fault(Reader in) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
            while (parser.nextToken() != null) {
                // only to get to the fault
            }
            return null;
        } catch (JacksonException e) {
            return e.getLocation();
        }
    }
}
