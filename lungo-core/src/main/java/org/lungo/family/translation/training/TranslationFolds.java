package org.lungo.family.translation.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.evaluate.CrossValidation;
import org.lungo.experiment.Folds;
import org.lungo.train.Listener;

/**
 * The cross-validation of a model that translates, over the pairs of {@code data.path}. Each model has a tokenizer of its
 * own. The pairs that say which epoch is best are those of {@code data.validation_path}, or as large a share of the others
 * as in the run itself; unlike in the run, no pair that a model is measured on chooses its epoch.
 *
 * @param validation null where a share of the others is taken
 */
record TranslationFolds(
        TranslationConfig config,
        List<ParallelTexts.Pair> all,
        @Nullable List<ParallelTexts.Pair> validation,
        Folds folds) {
    /**
     * The folds that {@code config} asks for.
     *
     * @throws DataException when there are too few pairs
     */
    static TranslationFolds of(TranslationConfig config) {
        ParallelTexts texts = config.data().texts();
        List<ParallelTexts.Pair> all = TranslationData.written(texts, new ArrayList<>());
        ParallelTexts other = config.data().validationTexts();
        return new TranslationFolds(
                config,
                all,
                other == null ? null : TranslationData.written(other, new ArrayList<>()),
                Folds.of(config.evaluate().folds(), all.size(), "pairs", texts.title(), config.seed()));
    }

    /** Trains and measures a model for each fold; {@code listener} hears which. */
    CrossValidation run(Listener listener) throws IOException {
        return folds.run(listener, this::metrics);
    }

    private Map<String, Double> metrics(Folds.Fold fold) throws IOException {
        List<ParallelTexts.Pair> train;
        List<ParallelTexts.Pair> chosenBy;
        if (validation == null) {
            Folds.Parts dealt = folds.dealt(fold, config.data().heldOut().validation());
            train = pairs(dealt.train());
            chosenBy = pairs(dealt.validation());
        } else {
            train = pairs(fold.others());
            chosenBy = validation;
        }
        String title = config.data().texts().title();
        TranslationData data =
                TranslationData.of(config, train, new TranslationData.Held(chosenBy, title), new ArrayList<>());
        TranslationAttempt attempt = TranslationAttempt.of(config, data);
        attempt.learn(null, Listener.NONE);
        return attempt.evaluated(data.holding(config, pairs(fold.held()), title))
                .summary()
                .metrics();
    }

    private List<ParallelTexts.Pair> pairs(int... places) {
        return Arrays.stream(places).mapToObj(all::get).toList();
    }
}
