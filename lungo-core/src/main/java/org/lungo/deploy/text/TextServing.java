package org.lungo.deploy.text;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;
import org.lungo.model.Precision;
import org.lungo.tensor.Check;
import org.lungo.tensor.CorruptFileException;

/** How a language model is served. In files, the keys of {@code config} stand among the others. */
public record TextServing(
        @JsonUnwrapped ServeConfig config,

        @JsonPropertyDescription("The maximum number of texts that are written at once; further texts wait.")
        int maxTexts,

        @JsonPropertyDescription(
                "The type of the weights in memory: fp32, bf16, int8 or int4; null keeps the stored type.")
        @Nullable
        Precision precision) {
    public static final TextServing DEFAULTS = new TextServing(ServeConfig.DEFAULTS, 32, null);

    private static final String MAX_TEXTS = "max_texts";
    private static final String PRECISION = "precision";

    public TextServing {
        Check.positive(MAX_TEXTS, maxTexts);
    }

    /** Writes it into a model folder. */
    public void save(Path folder) throws IOException {
        ServeConfig.save(folder, this);
    }

    /**
     * What {@link #save} wrote; the defaults where a model has no such file, or it lacks what it did not know.
     *
     * @throws CorruptFileException when a value cannot be used
     */
    public static TextServing load(Path folder) throws IOException {
        ServeConfig.Stored stored = ServeConfig.load(folder, Set.of(MAX_TEXTS, PRECISION));
        try {
            return DEFAULTS.over(config -> stored.config(), stored.options());
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(folder.resolve(ServeConfig.FILE) + ": " + e.getMessage());
        }
    }

    /**
     * The same with what who starts the server wants otherwise.
     *
     * @param options by key; keys of other families are left to them
     * @throws IllegalArgumentException when a value cannot be used
     */
    public TextServing over(UnaryOperator<ServeConfig> overrules, Map<String, String> options) {
        String texts = options.get(MAX_TEXTS);
        String held = options.get(PRECISION);
        return new TextServing(
                overrules.apply(config),
                texts == null ? maxTexts : number(texts),
                held == null ? precision : precision(held));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(MAX_TEXTS + " must be a whole number. Received: " + text);
        }
    }

    private static Precision precision(String text) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(PRECISION + " must be one of "
                        + Arrays.stream(Precision.values())
                                .map(Precision::toString)
                                .collect(Collectors.joining(", "))
                        + ". Received: " + text));
    }
}
