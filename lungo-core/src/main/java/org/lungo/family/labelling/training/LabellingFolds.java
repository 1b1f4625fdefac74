package org.lungo.family.labelling.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.lungo.data.DataException;
import org.lungo.evaluate.CrossValidation;
import org.lungo.experiment.Folds;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.train.Listener;

/**
 * The cross-validation of a model that labels tokens, over the sentences of {@code data.path}. Each model has words and
 * labels of its own. The sentences that say which epoch is best are those of {@code data.validation}, or as large a share of
 * the others as in the run itself.
 */
record LabellingFolds(LabellingConfig config, LabellingParts parts, Folds folds) {
    /**
     * The folds that {@code config} asks for.
     *
     * @throws DataException when there are too few sentences
     */
    static LabellingFolds of(LabellingConfig config, LabellingParts parts) {
        int sentences = parts.all().sentences().size();
        return new LabellingFolds(
                config,
                parts,
                Folds.of(
                        config.evaluate().folds(),
                        sentences,
                        "sentences",
                        config.data().path(),
                        config.seed()));
    }

    /** Trains and measures a model for each fold; {@code listener} hears which. */
    CrossValidation run(Listener listener) throws IOException {
        return folds.run(listener, this::metrics);
    }

    private Map<String, Double> metrics(Folds.Fold fold) throws IOException {
        LabelledCorpus all = parts.all();
        LabelledCorpus train = all.select(fold.others());
        LabelledCorpus validation = parts.validation();
        if (config.data().validation() == null) {
            double held = config.data().heldOut();
            Folds.Parts dealt = folds.dealt(fold, held / (1 - held));
            train = all.select(dealt.train());
            validation = all.select(dealt.validation());
        }
        LabellingAttempt attempt = LabellingAttempt.of(
                config, new LabellingParts(train, validation, all.select(fold.held()), all, List.of()));
        attempt.learn(null, Listener.NONE);
        return attempt.scores().metrics();
    }
}
