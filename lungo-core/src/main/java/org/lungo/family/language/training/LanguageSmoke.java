package org.lungo.family.language.training;

import java.io.IOException;
import org.lungo.deploy.text.GoldenTokens;
import org.lungo.deploy.text.TextBundle;
import org.lungo.experiment.Bars;
import org.lungo.experiment.Cache;
import org.lungo.experiment.Smoke;
import org.lungo.train.TrainConfig;

/** Overfits a language model to two windows of its text; dropout is off, whatever the config says. */
final class LanguageSmoke {
    private static final int CONTEXT = 64;
    private static final int WINDOWS = 2;
    private static final int EPOCHS = 200;
    private static final double LEARNING_RATE = 0.003;

    private LanguageSmoke() {}

    static Smoke run(LanguageConfig config, Cache cache) throws IOException {
        LanguageConfig byHeart = byHeart(config);
        LanguageAttempt attempt = LanguageAttempt.byHeart(byHeart, cache);
        return Smoke.of(attempt, WINDOWS, "window", cache.file("model"), folder -> {
            TextBundle loaded = TextBundle.load(folder);
            return GoldenTokens.load(folder).difference(loaded::golden);
        });
    }

    private static LanguageConfig byHeart(LanguageConfig config) {
        LanguageConfig.Model model = config.model();
        TrainConfig train = Smoke.byHeart(
                EPOCHS, Math.max(LEARNING_RATE, config.train().rate().learningRate()));
        return new LanguageConfig(
                config.version(),
                config.family(),
                config.data(),
                config.tokenizer(),
                new LanguageConfig.Model(
                        model.type(),
                        model.layers(),
                        model.heads(),
                        model.hidden(),
                        Math.min(CONTEXT, model.context()),
                        0,
                        model.start()),
                new LanguageConfig.Training(
                        train.epochs(), 1, WINDOWS, train.rate(), train.optimizer(), train.earlyStop(), train.more()),
                config.serve(),
                Bars.NONE,
                config.seed());
    }
}
