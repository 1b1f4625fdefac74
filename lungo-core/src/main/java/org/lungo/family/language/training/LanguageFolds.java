package org.lungo.family.language.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.lungo.data.DataException;
import org.lungo.evaluate.CrossValidation;
import org.lungo.experiment.Folds;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Tensor;
import org.lungo.train.Listener;

/**
 * The cross-validation of a language model. The text is cut into as many parts of the same length as there are folds; each
 * part is what one model is measured on that learns from the others. The end of the others, as large a share of them as in
 * the run itself, says which epoch is best. All models have the tokenizer of the run.
 *
 * @param all the tokens of the text, INT32 [tokens]
 */
record LanguageFolds(LanguageConfig config, Tokenizer tokenizer, Tensor all) {
    /**
     * Refuses folds that a text is too short for, before anything is trained.
     *
     * @param tokens of the text
     * @throws DataException when a fold, or what is left to train on besides it, would be too short
     */
    static void requireEnough(LanguageConfig config, long tokens) {
        int k = config.evaluate().folds();
        if (k == 0) {
            return;
        }
        long held = tokens / k;
        double trained = (tokens - held - 1) * (1 - config.data().validation()) - 1;
        if (held < 2 || trained < 2.0 * config.model().context()) {
            throw new DataException(
                    "E308",
                    config.data().path() + " must have enough tokens for evaluate.folds: " + k
                            + ", two in each fold and"
                            + " two windows of model.context: " + config.model().context()
                            + " to train on; take fewer folds, a smaller context or more text. Received: " + tokens
                            + " tokens");
        }
    }

    /** Trains and measures a model for each fold; {@code listener} hears which. */
    CrossValidation run(Listener listener) throws IOException {
        return Folds.run(config.evaluate().folds(), listener, this::metrics);
    }

    private Map<String, Double> metrics(int fold) throws IOException {
        long tokens = all.size(0);
        long start = tokens * fold / config.evaluate().folds();
        long end = tokens * (fold + 1) / config.evaluate().folds();
        Tensor others =
                Reshaping.concat(List.of(all.narrow(0, 0, start), all.narrow(0, end, tokens - end)), 0); // [others]
        LanguageTask task = LanguageTask.of(config, tokenizer);
        LanguageAttempt.Text text =
                LanguageAttempt.Text.of(others, config.data().validation());
        LanguageAttempt.fit(config, task, text, false, null, Listener.NONE);
        return task.evaluate(all.narrow(0, start, end - start), config.model().context())
                .summary()
                .metrics();
    }
}
