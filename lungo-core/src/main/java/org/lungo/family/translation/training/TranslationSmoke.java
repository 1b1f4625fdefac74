package org.lungo.family.translation.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.lungo.deploy.text.GoldenTokens;
import org.lungo.experiment.Bars;
import org.lungo.experiment.Cache;
import org.lungo.experiment.Smoke;
import org.lungo.family.translation.TranslationBundle;
import org.lungo.tensor.Random;
import org.lungo.train.TrainConfig;

/** Lets a model learn a few translations by heart; dropout is off, whatever the config says. */
final class TranslationSmoke {
    private static final int PAIRS = 8;
    private static final int EPOCHS = 200;
    private static final double LEARNING_RATE = 0.001;

    private TranslationSmoke() {}

    static Smoke run(TranslationConfig config, Cache cache) throws IOException {
        TranslationData data = TranslationData.of(config);
        int[] order = Random.of(config.seed()).stream("smoke")
                .permutation(data.train().size());
        int[] chosen = Arrays.stream(order).limit(PAIRS).sorted().toArray();
        TokenPairs some = data.train().select(chosen);
        TranslationData few = new TranslationData(data.tokens(), some, some, List.of(), List.of());
        int longest = some.targets().stream().mapToInt(ids -> ids.length).max().orElse(1);
        TranslationAttempt attempt = TranslationAttempt.of(byHeart(config, longest * chosen.length), few);
        return Smoke.of(attempt, chosen.length, "pair", cache.file("model"), folder -> {
            TranslationBundle loaded = TranslationBundle.load(folder);
            return GoldenTokens.load(folder).difference(loaded::golden);
        });
    }

    private static TranslationConfig byHeart(TranslationConfig config, int batchTokens) {
        TranslationConfig.Model model = config.model();
        TranslationConfig.Choices choices = model.choices();
        TrainConfig train = Smoke.byHeart(EPOCHS, LEARNING_RATE);
        return new TranslationConfig(
                config.version(),
                config.family(),
                config.data(),
                config.tokenizer(),
                new TranslationConfig.Model(
                        model.type(),
                        model.encoderLayers(),
                        model.decoderLayers(),
                        model.heads(),
                        model.hidden(),
                        model.inner(),
                        new TranslationConfig.Choices(choices.context(), 0, choices.normFirst(), choices.tied())),
                new TranslationConfig.Training(
                        train.epochs(), batchTokens, train.rate(), train.optimizer(), train.earlyStop(), train.more()),
                config.serve(),
                Bars.NONE,
                config.seed());
    }
}
