package org.lungo.deploy.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.model.LanguageModel;
import org.lungo.model.Precision;
import org.lungo.model.huggingface.HuggingFace;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.VocabularyFiles;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * A language model that writes texts, and its tokenizer.
 *
 * @param defaults how texts are written where nobody says otherwise
 */
public record LanguageBundle(LanguageModel model, Tokenizer tokenizer, TextDefaults defaults) implements TextBundle {
    /** The token behind each document. */
    public static final String END = "<|endoftext|>";

    static final String TOKENIZER = "tokenizer.json";

    /** A tokenizer of BERT's as it was published before there was {@link #TOKENIZER}. */
    private static final String WORDS = "vocab.txt";

    /** Checks that the model has a place for every token. */
    public LanguageBundle {
        if (tokenizer.size() > model.vocabulary()) {
            throw new CorruptFileException("the tokenizer must have at most as many tokens as the model, "
                    + model.vocabulary() + ". Received: " + tokenizer.size());
        }
    }

    /** A model whose texts end as {@link #END} says, if its tokenizer has that. */
    public LanguageBundle(LanguageModel model, Tokenizer tokenizer) {
        this(model, tokenizer, TextDefaults.of(tokenizer));
    }

    @Override
    public int context() {
        return model.context();
    }

    @Override
    public int vocabulary() {
        return model.vocabulary();
    }

    @Override
    public long parameters() {
        return Parameters.of(model).count();
    }

    @Override
    public void export(Path folder) throws IOException {
        HuggingFace.write(folder, model, defaults.generation());
        defaults.generation().write(folder);
        defaults.tokenizer().write(folder, context());
        Files.writeString(folder.resolve(TOKENIZER), tokenizer.json());
    }

    /** The log-probability of each token but the first. */
    @Override
    public GoldenTokens golden(List<GoldenTokens.Given> given) {
        try (Scope scope = Scope.inference()) {
            LanguageModel read = Precision.FP32.of(model);
            return GoldenTokens.of(given, asked -> {
                try (Scope pass = Scope.inference()) {
                    Tensor logits = read.forward(GoldenTokens.row(asked.tokens()), null); // [1, sequence, vocabulary]
                    return GoldenTokens.following(logits, asked.tokens());
                }
            });
        }
    }

    /** Reads a model that writes texts, see {@link TextBundle#load}; any other is refused. */
    public static LanguageBundle load(Path folder) throws IOException {
        LanguageBundle bundle = read(folder);
        GoldenTokens.replay(ModelFolder.inside(folder), bundle::golden);
        return bundle;
    }

    private static LanguageBundle read(Path folder) throws IOException {
        Path model = ModelFolder.inside(folder);
        Tokenizer tokenizer = tokenizerOf(folder);
        if (Files.exists(model.resolve(Manifest.NAME))) {
            Manifest.verify(model);
        }
        return new LanguageBundle(HuggingFace.read(model), tokenizer, TextDefaults.in(model, tokenizer));
    }

    /**
     * As {@link #load(Path)}, the weights held in {@code precision}, or as they are stored where it is null. In fewer bits
     * the model answers otherwise than it did, so that its golden examples are not replayed.
     */
    public static LanguageBundle load(Path folder, @Nullable Precision precision) throws IOException {
        if (precision == null || precision == Precision.FP32) {
            return load(folder);
        }
        try (Scope scope = Scope.open()) { // the weights as they were stored are not kept
            LanguageBundle stored = read(folder);
            LanguageModel model = precision.of(stored.model());
            Parameters.of(model).tensors().values().forEach(scope::keep);
            return new LanguageBundle(model, stored.tokenizer(), stored.defaults());
        }
    }

    /** The tokenizer of a model folder, or of that of a run. */
    public static Tokenizer tokenizerOf(Path folder) throws IOException {
        Path file = ModelFolder.inside(folder).resolve(TOKENIZER);
        Path words = ModelFolder.inside(folder).resolve(WORDS);
        if (!Files.isRegularFile(file) && Files.isRegularFile(words)) {
            return VocabularyFiles.bertWithConfig(words);
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(folder
                    + " must be a run, or a folder, of a language model. Received: no " + TOKENIZER + " in "
                    + file.getParent());
        }
        return Tokenizer.load(file);
    }
}
