package org.lungo.deploy.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a request over HTTP, or a line of a file, may ask of a text that is written. {@link GenerationSettings} takes more:
 * Java programs and the command line set no such limit.
 */
public final class TextLimits {
    /** The maximum of {@code max_tokens}; the minimum is 1. */
    public static final int MAX_TOKENS = 1_000_000;

    /** The maximum of {@code temperature}, as OpenAI's; the minimum is 0. */
    public static final int MAX_TEMPERATURE = 2;

    /** The maximum number of stop texts. OpenAI takes four. */
    private static final int STOPS = 16;

    /** What {@code stop} must be, for a message: "stop must be ...". */
    public static final String EXPECTED_STOPS = "a text, or a list of at most " + STOPS + " texts, none empty";

    private TextLimits() {}

    /**
     * Stop texts as a request says them.
     *
     * @param said a list as JSON has it, of values of any kind; a text that stands alone as a list of one
     * @return the texts, or null when they are not {@link #EXPECTED_STOPS}
     */
    public static @Nullable List<String> stops(List<?> said) {
        boolean allowed =
                said.size() <= STOPS && said.stream().allMatch(stop -> stop instanceof String text && !text.isEmpty());
        return allowed ? said.stream().map(String.class::cast).toList() : null;
    }
}
