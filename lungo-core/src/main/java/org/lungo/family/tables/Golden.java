package org.lungo.family.tables;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Raw rows and the scores that the model gave for them when it was saved; replayed whenever it is loaded. */
public record Golden(List<Map<String, @Nullable Object>> rows, List<double[]> scores) {
    /** The largest difference that another processor's rounding may make. */
    static final double TOLERANCE = 1e-4;

    /** What a row is called in messages. */
    static String name(int row) {
        return "golden row " + (row + 1);
    }
}
