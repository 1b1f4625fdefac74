package org.lungo.family.labelling.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.lungo.experiment.Bars;
import org.lungo.experiment.Cache;
import org.lungo.experiment.Smoke;
import org.lungo.family.labelling.LabelBundle;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.family.labelling.Tagger;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.TrainConfig;

/** Overfits a model to the labels of a few sentences; dropout is off, whatever the config says. */
final class LabellingSmoke {
    private static final int SENTENCES = 16;
    private static final int EPOCHS = 150;

    private LabellingSmoke() {}

    static Smoke run(LabellingConfig config, Cache cache) throws IOException {
        LabelledCorpus train =
                LabellingParts.of(config.data(), Random.of(config.seed())).train();
        int[] order = Random.of(config.seed()).stream("smoke")
                .permutation(train.sentences().size());
        int[] chosen = Arrays.stream(order).limit(SENTENCES).sorted().toArray();
        LabelledCorpus some = train.select(chosen);
        LabellingConfig byHeart = byHeart(config, Math.toIntExact(Math.max(1, 2 * some.tokens())));
        LabellingAttempt attempt = LabellingAttempt.of(byHeart, new LabellingParts(some, some, some, some, List.of()));
        return Smoke.of(attempt, chosen.length, "sentence", cache.file("model"), folder -> {
            double[] before = emissions(attempt.model(), some);
            return Smoke.difference(before, emissions(LabelBundle.load(folder).model(), some));
        });
    }

    /** The scores of the labels of the first sentence. */
    private static double[] emissions(Tagger model, LabelledCorpus corpus) {
        LabelledSentence first = corpus.sentences().get(0);
        try (Scope scope = Scope.inference()) {
            List<String> tokens =
                    Tagger.parts(first.tokens(), model.encoder().longest()).get(0);
            return model.emissions(List.of(tokens)).toDoubles(); // [1, sequence, labels]
        }
    }

    private static LabellingConfig byHeart(LabellingConfig config, int batchTokens) {
        boolean fresh = config.model().from() == null;
        TrainConfig train = Smoke.byHeart(EPOCHS, fresh ? Smoke.LEARNING_RATE : Smoke.LEARNING_RATE_OF_TRAINED);
        return new LabellingConfig(
                config.version(),
                config.family(),
                config.data(),
                new LabellingConfig.Model(
                        config.model().type(),
                        config.model().from(),
                        config.model().layers().withDropout(0)),
                new LabellingConfig.Training(
                        train.epochs(), batchTokens, train.rate(), train.optimizer(), train.earlyStop(), train.more()),
                config.serve(),
                Bars.NONE,
                config.seed());
    }
}
