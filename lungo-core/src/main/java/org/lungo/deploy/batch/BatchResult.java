package org.lungo.deploy.batch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a batch did.
 *
 * @param text for a person, some lines
 * @param values for a program, by name and in order
 */
public record BatchResult(String text, Map<String, Object> values) {
    public BatchResult {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Seconds, to the millisecond. */
    public static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
