package org.lungo.experiment;

import java.util.List;
import java.util.function.Function;

/**
 * A flag of the command line that stands for a key of the config.
 *
 * @param name such as {@code --target}
 * @param value what stands behind it, for help: {@code COL[,COL...]}
 * @param description for help
 * @param repeats whether it may be given several times
 * @param decides whether it says by itself which family is meant
 * @param setting {@code key=value} of its values
 */
public record Flag(
        String name,
        String value,
        String description,
        boolean repeats,
        boolean decides,
        Function<List<String>, String> setting) {
    /** A flag whose one value is that of {@code key}. */
    public static Flag of(String name, String value, String description, boolean decides, String key) {
        return new Flag(name, value, description, false, decides, values -> key + "=" + Order.quoted(values.get(0)));
    }
}
