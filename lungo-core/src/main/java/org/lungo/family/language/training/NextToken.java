package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.deploy.text.TextDefaults;
import org.lungo.evaluate.TrigramModel;
import org.lungo.evaluate.Yardstick;
import org.lungo.experiment.ShellLine;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.model.Lora;
import org.lungo.model.huggingface.LoraFiles;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;

/**
 * A model that tells each token from those before it, and so can write.
 *
 * @param defaults how the texts of the model that it began with are written, or null
 */
record NextToken(LanguageModel model, @Nullable TextDefaults defaults) implements LanguageTask {
    static NextToken of(LanguageConfig.Model model, Tokenizer tokenizer, Random random) throws IOException {
        String from = model.start().from();
        if (from == null) {
            return new NextToken(new Network(model, tokenizer.size()).writer(random), null);
        }
        Path folder = Path.of(from);
        Check.that(
                !TextBundle.isBert(folder),
                "model.from must name a model of model.type " + model.type() + "; take model.type: bert for this one",
                "a BERT in " + from);
        LanguageBundle bundle = LanguageBundle.load(folder);
        LanguageModel read = bundle.model();
        model.requireContext(read.context());
        Check.that(
                model.start().lora().r() == 0 || read instanceof Llama,
                "model.lora is for models of the llama and qwen2 layouts; train all weights with model.lora.r: 0",
                "a model of the gpt2 layout");
        return new NextToken(model.start().lora().adapt(read, random), bundle.defaults());
    }

    static NextToken of(LanguageBundle bundle) {
        return new NextToken(bundle.model(), bundle.defaults());
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
        return new LanguageLesson(model, train, validation, sizes, labelSmoothing);
    }

    @Override
    public LanguageEvaluation evaluate(Tensor text, int context) {
        TextLoss.Windowed read = new TextLoss(model).windows(text, context);
        return new LanguageEvaluation(
                read.loss(),
                text.size(0),
                LanguageEvaluation.Asked.NEXT,
                new Yardstick(read.windows().intervals(), Map.of()));
    }

    /** Counting, of a long text its end, is what the model is compared with. */
    @Override
    public LanguageEvaluation evaluate(Tensor train, Tensor text, int context) {
        LanguageEvaluation own = evaluate(text, context);
        TrigramModel counted = TrigramModel.of(LanguageTask.counted(train), model.vocabulary());
        return own.withBaseline(counted.loss(LanguageTask.ints(text)));
    }

    @Override
    public double operations(int context) {
        double widths = model instanceof Gpt gpt
                ? (double) gpt.config().layers() * gpt.config().hidden()
                : model instanceof Llama llama
                        ? (double) llama.config().layers()
                                * llama.config().heads().queries()
                                * llama.config().heads().width()
                        : 0;
        return 6.0 * Parameters.of(model).count() + 12.0 * widths * context;
    }

    @Override
    public TextBundle bundle(Tokenizer tokenizer) {
        LanguageModel merged = Lora.merge(model);
        return defaults == null
                ? new LanguageBundle(merged, tokenizer)
                : new LanguageBundle(merged, tokenizer, defaults);
    }

    @Override
    public void writeExtras(Path run) throws IOException {
        if (!Lora.layers(model).isEmpty()) {
            LoraFiles.write(run.resolve("adapter"), model);
        }
    }

    @Override
    public List<String> next(Path run, String words) {
        return List.of(
                words.isEmpty()
                        ? ShellLine.lungo("generate", run.toString())
                        : ShellLine.lungo("generate", run.toString(), "--prompt", words));
    }
}
