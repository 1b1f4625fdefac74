package org.lungo.deploy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model whose every file was compared with its manifest.
 *
 * @param text for a person, some lines
 * @param values for a program, by name and in order
 */
public record Facts(String text, Map<String, @Nullable Object> values) {
    public Facts {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The sentence, still open, that says how many files were compared. */
    public static String verified(int files) {
        return "Every file is as its manifest says (" + files + " files)";
    }
}
