package org.lungo.server.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.translation.Translator;
import org.lungo.deploy.translation.Translator.Translation;

/** Answers for a model that translates: texts in, their translations out. */
public final class TranslationAnswerer extends SharedPasses<Translator.Source, Translation> {
    /** A text to try. */
    public static final String EXAMPLE = "Ein Hund läuft im Park.";

    private static final int WARM_UPS = 3;

    private final Translator translator;

    private TranslationAnswerer(Translator translator, ServeConfig config, ModelMetrics metrics) {
        super(config, metrics);
        this.translator = translator;
    }

    /** Loads a model folder and warms it up. */
    static TranslationAnswerer load(Path folder, UnaryOperator<ServeConfig> overrules, ModelMetrics metrics)
            throws IOException {
        Translator translator = Translator.load(folder);
        for (int i = 0; i < WARM_UPS; i++) {
            translator.translate(EXAMPLE, Translator.Settings.DEFAULTS);
        }
        return new TranslationAnswerer(translator, overrules.apply(ServeConfig.load(folder)), metrics);
    }

    /** The most tokens of a text, its end included. */
    public int context() {
        return translator.bundle().model().config().context();
    }

    /**
     * A translation of each text, once they are there; {@link Rejected} when they are not in time.
     *
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when too many wait already
     * @throws IllegalArgumentException when a text is longer than the model's context
     */
    public CompletableFuture<List<Translation>> translate(List<String> texts, long deadline) {
        return ask(translator.sources(texts, 1), deadline);
    }

    @Override
    List<Translation> answers(List<Translator.Source> texts) {
        return translator.translate(texts, Translator.Settings.DEFAULTS);
    }
}
