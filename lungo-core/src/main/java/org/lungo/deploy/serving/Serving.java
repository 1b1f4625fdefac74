package org.lungo.deploy.serving;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.lungo.deploy.ServeConfig;

/**
 * What a server gives each model that it opens.
 *
 * @param overrules changes how the model's maker wants it to be served
 * @param options by key, what only some families know, such as {@code max_texts}; each takes its own
 * @param metrics hears what happens to the model's requests
 * @param turns where requests are parsed
 */
public record Serving(
        UnaryOperator<ServeConfig> overrules, Map<String, String> options, ModelMetrics metrics, Executor turns) {
    public Serving {
        options = Map.copyOf(options);
    }

    /** As the model's maker wants it to be served, with metrics that nobody reads. */
    public static Serving plain(Executor turns) {
        return new Serving(config -> config, Map.of(), ModelMetrics.NONE, turns);
    }
}
