package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.model.Bert;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.Check;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;

/** A BERT that tells masked tokens from those on both sides. */
record MaskedToken(MaskedLanguageModel model, Masking masking) implements LanguageTask {
    MaskedToken(MaskedLanguageModel model, Tokenizer tokenizer) {
        this(model, Masking.of(tokenizer));
    }

    static MaskedToken of(LanguageConfig.Model model, Tokenizer tokenizer, Random random) throws IOException {
        String from = model.start().from();
        if (from == null) {
            return new MaskedToken(model.reader(tokenizer.size(), random), tokenizer);
        }
        Path folder = Path.of(from);
        Check.that(
                TextBundle.isBert(folder),
                "model.from must name a BERT with model.type bert; leave model.type out for a model that writes",
                from);
        MaskedLanguageModel read = BertBundle.load(folder).masked();
        model.requireContext(read.bert().context());
        return new MaskedToken(read, tokenizer);
    }

    @Override
    public @Nullable Integer end(Tokenizer tokenizer) {
        return tokenizer.id(BertBundle.END);
    }

    @Override
    public Parameters parameters() {
        return Parameters.of(model);
    }

    @Override
    public Lesson lesson(Tensor train, Tensor validation, LanguageLesson.Sizes sizes, double labelSmoothing) {
        return new MaskedLesson(model, masking, train, validation, sizes, labelSmoothing);
    }

    @Override
    public LanguageEvaluation evaluate(Tensor text, int context) {
        MaskedLoss.Told told = new MaskedLoss(model, masking).over(text, context, Long.MAX_VALUE, Mode.INFERENCE);
        return new LanguageEvaluation(told.loss(), told.tokens(), LanguageEvaluation.Asked.MASKED, null);
    }

    @Override
    public LanguageEvaluation evaluate(Tensor train, Tensor text, int context) {
        return evaluate(text, context);
    }

    /** The head computes the masked tokens alone. */
    @Override
    public double operations(int context) {
        Bert.Config config = model.bert().config();
        double table = (double) config.vocabulary() * config.hidden();
        double encoder = Parameters.of(model.bert()).count() - table;
        double head = Masking.SHARE * (table + (double) config.hidden() * config.hidden());
        return 6 * (encoder + head) + 12.0 * config.layers() * config.hidden() * context;
    }

    @Override
    public TextBundle bundle(Tokenizer tokenizer) {
        return new BertBundle(model.bert(), model.head(), tokenizer);
    }

    @Override
    public void writeBeside(Path run) {}

    @Override
    public List<String> next(Path run) {
        return List.of("lungo train DATA --target COLUMN --set model.type=bert --set model.from=" + run);
    }
}
