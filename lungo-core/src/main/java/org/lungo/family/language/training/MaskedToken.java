package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.evaluate.UnigramModel;
import org.lungo.evaluate.Yardstick;
import org.lungo.experiment.ShellLine;
import org.lungo.model.Bert;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;
import org.lungo.train.PartLosses;

/** A BERT that tells masked tokens from those on both sides. */
record MaskedToken(MaskedLanguageModel model, Masking masking) implements LanguageTask {
    MaskedToken(MaskedLanguageModel model, Tokenizer tokenizer) {
        this(model, Masking.of(tokenizer));
    }

    static MaskedToken of(LanguageConfig.Model model, Tokenizer tokenizer, Random random) throws IOException {
        String from = model.start().from();
        if (from == null) {
            return new MaskedToken(new Network(model, tokenizer.size()).reader(random), tokenizer);
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
    public NetworkSize size() {
        return NetworkSize.of(model);
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
        return evaluate(text, context, masked -> {});
    }

    private LanguageEvaluation evaluate(Tensor text, int context, Consumer<Masking.Masked> seen) {
        PartLosses losses = new PartLosses(MaskedLoss.windows(text, context));
        MaskedLoss.Result result = new MaskedLoss(model, masking).over(text, context, (first, windows, each) -> {
            int[] lengths =
                    windows.stream().mapToInt(window -> window.places().length).toArray();
            losses.add(IntStream.range(first, first + lengths.length).toArray(), lengths, each);
            windows.forEach(seen);
        });
        return new LanguageEvaluation(
                result.loss(),
                result.tokens(),
                LanguageEvaluation.Asked.MASKED,
                new Yardstick(losses.intervals(), Map.of()));
    }

    /** The frequency of each token, in a long text in its end, is what the model is compared with. */
    @Override
    public LanguageEvaluation evaluate(Tensor train, Tensor text, int context) {
        UnigramModel counted = UnigramModel.of(
                LanguageTask.counted(train), model.bert().config().vocabulary());
        DoubleAdder sum = new DoubleAdder();
        LanguageEvaluation own = evaluate(text, context, masked -> sum.add(counted.sum(masked.targets())));
        return own.withBaseline(sum.sum() / own.tokens());
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
    public void writeExtras(Path run) {}

    @Override
    public List<String> next(Path run, String words) {
        return List.of(ShellLine.lungo(
                "train", "DATA", "--target", "COLUMN", "--set", "model.type=bert", "--set", "model.from=" + run));
    }
}
