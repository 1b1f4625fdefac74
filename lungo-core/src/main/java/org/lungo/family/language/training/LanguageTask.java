package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;

/** A language model and what it is asked for. */
sealed interface LanguageTask permits NextToken, MaskedToken {
    /** A new model, or the one that is trained on. Its parameters live in the scope that is open now. */
    static LanguageTask of(LanguageConfig config, Tokenizer tokenizer) throws IOException {
        LanguageConfig.Model model = config.model();
        Random random = Random.of(config.seed()).stream("init");
        return model.type() == LanguageConfig.Type.BERT
                ? MaskedToken.of(model, tokenizer, random)
                : NextToken.of(model, tokenizer, random);
    }

    /** What the model of a run is asked for. */
    static LanguageTask of(TextBundle bundle) {
        return bundle instanceof BertBundle bert
                ? new MaskedToken(bert.masked(), bert.tokenizer())
                : NextToken.of((LanguageBundle) bundle);
    }

    /** The token behind each document, if the tokenizer has one. */
    static @Nullable Integer end(boolean bert, Tokenizer tokenizer) {
        return tokenizer.id(bert ? BertBundle.END : LanguageBundle.END);
    }

    /** The size of the model. */
    NetworkSize size();

    /** The model's parameters. */
    Parameters parameters();

    /** What it learns from the tokens of a text. */
    Lesson lesson(Tensor train, Tensor validation, LanguageLesson.Sizes sizes, double labelSmoothing);

    /** How well it does on the tokens of a text, INT32 [tokens], in windows of {@code context}. */
    LanguageEvaluation evaluate(Tensor text, int context);

    /** The same, with the baseline that is counted from {@code train}, INT32 [tokens], without a network. */
    LanguageEvaluation evaluate(Tensor train, Tensor text, int context);

    /** The maximum number of tokens, at the end of a training text, that are counted for the baseline. */
    static int[] counted(Tensor train) {
        long count = Math.min(8_000_000, train.size(0));
        return ints(train.narrow(0, train.size(0) - count, count));
    }

    /** Tokens as integers, of INT32 [tokens]. */
    static int[] ints(Tensor tokens) {
        return Arrays.stream(tokens.to(DType.INT64).toLongs())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** What a token of a window of {@code context} costs, forward and backward; attention grows with the context. */
    double operations(int context);

    /** The bundle that is saved. */
    TextBundle bundle(Tokenizer tokenizer);

    /** What else is kept in the folder of the run. */
    void writeExtras(Path run) throws IOException;

    /**
     * Commands that use the model in {@code run}.
     *
     * @param words of the text that it was validated on; empty if there are none
     */
    List<String> next(Path run, String words);
}
