package org.lungo.deploy.text;

import java.util.List;
import org.lungo.tensor.Check;

/**
 * How a text is written.
 *
 * @param maxTokens the maximum number of tokens to write
 * @param stops texts before which it ends, at most a few
 */
public record GenerationSettings(int maxTokens, Sampling sampling, List<String> stops, long seed) {
    /** 200 tokens by the model's own probabilities. */
    public static final GenerationSettings DEFAULTS = new GenerationSettings(200, Sampling.PLAIN, List.of(), 42);

    public GenerationSettings {
        Check.positive("max_tokens", maxTokens);
        stops = List.copyOf(stops);
        Check.that(stops.stream().noneMatch(String::isEmpty), "a stop text must not be empty", stops);
    }
}
