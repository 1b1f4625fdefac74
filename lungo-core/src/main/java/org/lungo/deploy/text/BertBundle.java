package org.lungo.deploy.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.model.Bert;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.model.Precision;
import org.lungo.model.huggingface.GenerationConfig;
import org.lungo.model.huggingface.HuggingFace;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * A BERT and its tokenizer.
 *
 * @param head what tells masked tokens; null when the model is not to be trained so
 */
public record BertBundle(Bert bert, MaskedLanguageModel.@Nullable Head head, Tokenizer tokenizer)
        implements TextBundle {
    /** The token before each text. */
    public static final String START = "[CLS]";

    /** The token behind each text. */
    public static final String END = "[SEP]";

    private static final Map<String, String> ROLES = Map.of(
            TokenizerConfig.PADDING,
            "[PAD]",
            "unk_token",
            "[UNK]",
            "cls_token",
            START,
            "sep_token",
            END,
            "mask_token",
            "[MASK]");

    private static final int STATES = 4;

    /** Checks that the model has a place for every token. */
    public BertBundle {
        if (tokenizer.size() > bert.vocabulary()) {
            throw new CorruptFileException("the tokenizer must have at most as many tokens as the model, "
                    + bert.vocabulary() + ". Received: " + tokenizer.size());
        }
    }

    /**
     * The model with its head.
     *
     * @throws IllegalArgumentException when it has none
     */
    public MaskedLanguageModel masked() {
        if (head == null) {
            throw new IllegalArgumentException("masked tokens are predicted by a BERT with its masked-language head"
                    + " (cls.predictions). Received: one without");
        }
        return new MaskedLanguageModel(bert, head);
    }

    /** The sizes of the BERT in a run, or a model folder, without reading its weights. */
    public static Bert.Config config(Path folder) throws IOException {
        return HuggingFace.bertConfig(ModelFolder.inside(folder));
    }

    /** Reads a BERT, see {@link TextBundle#load}. */
    public static BertBundle load(Path folder) throws IOException {
        Path model = ModelFolder.inside(folder);
        Tokenizer tokenizer = LanguageBundle.tokenizerOf(folder);
        if (Files.exists(model.resolve(Manifest.NAME))) {
            Manifest.verify(model);
        }
        MaskedLanguageModel masked = HuggingFace.readMasked(model);
        BertBundle bundle = masked == null
                ? new BertBundle(HuggingFace.readBert(model), null, tokenizer)
                : new BertBundle(masked.bert(), masked.head(), tokenizer);
        GoldenTokens.replay(model, bundle::golden);
        return bundle;
    }

    /** {@value #STATES} values of the hidden state of each token; then, of a model with its head, each log-probability. */
    @Override
    public GoldenTokens golden(List<GoldenTokens.Given> given) {
        try (Scope scope = Scope.inference()) {
            Bert read = Precision.FP32.of(bert);
            MaskedLanguageModel.Head readHead = head == null ? null : Precision.FP32.of(head);
            return GoldenTokens.of(given, asked -> {
                try (Scope pass = Scope.inference()) {
                    return answers(read, readHead, asked.tokens());
                }
            });
        }
    }

    private static double[] answers(Bert bert, MaskedLanguageModel.@Nullable Head head, List<Long> tokens) {
        Tensor hidden = bert.hidden(GoldenTokens.row(tokens), null, null); // [1, sequence, hidden]
        double[] states = states(hidden);
        if (head == null) {
            return states;
        }
        double[] logarithms = GoldenTokens.logProbabilities(head.forward(hidden), tokens);
        return DoubleStream.concat(DoubleStream.of(states), DoubleStream.of(logarithms))
                .toArray();
    }

    /** Values that lie apart, of each token others. {@code hidden}: [1, sequence, hidden]. */
    private static double[] states(Tensor hidden) {
        int width = (int) hidden.size(2);
        float[] all = hidden.toFloats();
        double[] states = new double[STATES * (int) hidden.size(1)];
        for (int i = 0; i < states.length; i++) {
            int token = i / STATES;
            states[i] = all[token * width + (i % STATES * width / STATES + token) % width];
        }
        return states;
    }

    @Override
    public int context() {
        return bert.context();
    }

    @Override
    public int vocabulary() {
        return bert.vocabulary();
    }

    @Override
    public long parameters() {
        return Parameters.of(this).count();
    }

    @Override
    public void export(Path folder) throws IOException {
        Integer padding = tokenizer.id(ROLES.getOrDefault(TokenizerConfig.PADDING, ""));
        GenerationConfig ids = new GenerationConfig(List.of(), null, padding == null ? null : (long) padding, Map.of());
        if (head == null) {
            HuggingFace.write(folder, bert, ids);
        } else {
            HuggingFace.write(folder, masked(), ids);
        }
        Map<String, String> known = new LinkedHashMap<>(ROLES);
        known.values().removeIf(token -> tokenizer.id(token) == null);
        new TokenizerConfig(known, "").write(folder, context());
        Files.writeString(folder.resolve(LanguageBundle.TOKENIZER), tokenizer.json());
    }
}
