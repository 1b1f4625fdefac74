package org.lungo.family.translation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Passes;
import org.lungo.deploy.serving.Rejected;
import org.lungo.deploy.serving.Serving;
import org.lungo.family.translation.Translator.Translation;

/** Answers for a model that translates: texts in, their translations out. */
public final class TranslationAnswerer implements Answerer {
    /** A text to try. */
    public static final String EXAMPLE = "Ein Hund läuft im Park.";

    private static final int WARM_UPS = 3;

    private final Translator translator;
    private final ServeConfig config;
    private final Passes<List<Translator.Source>, List<Translation>> passes;

    private TranslationAnswerer(
            Translator translator, ServeConfig config, Passes<List<Translator.Source>, List<Translation>> passes) {
        this.translator = translator;
        this.config = config;
        this.passes = passes;
    }

    /** Loads a model folder and warms it up. */
    public static TranslationAnswerer load(Path folder, Serving serving) throws IOException {
        Translator translator = Translator.load(folder);
        for (int i = 0; i < WARM_UPS; i++) {
            translator.translate(EXAMPLE, Translator.Settings.DEFAULTS);
        }
        ServeConfig config = serving.overrules().apply(ServeConfig.load(folder));
        return new TranslationAnswerer(
                translator,
                config,
                Passes.ofLists(
                        config,
                        serving,
                        texts -> false,
                        texts -> translator.translate(texts, Translator.Settings.DEFAULTS)));
    }

    /** The most tokens of a text, its end included. */
    public int context() {
        return translator.bundle().model().config().context();
    }

    /**
     * What texts are to the model.
     *
     * @throws IllegalArgumentException when a text is longer than the model's context, saying which
     */
    public List<Translator.Source> sources(List<String> texts) {
        return translator.sources(texts, 1);
    }

    /**
     * A translation of each of the {@link #sources} that {@code parse} makes, once they are there; {@link Rejected} when they
     * are not in time.
     *
     * @param parse runs in this thread or in another
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when it cannot be answered now
     */
    public CompletableFuture<List<Translation>> ask(Supplier<List<Translator.Source>> parse, long deadline) {
        return passes.ask(parse, deadline);
    }

    @Override
    public ServeConfig config() {
        return config;
    }

    @Override
    public int depth() {
        return passes.depth();
    }

    @Override
    public void requireRoom() {
        passes.requireRoom();
    }

    @Override
    public void run() {
        passes.run(1);
    }

    @Override
    public void close() {
        passes.close();
    }
}
