package org.lungo.deploy.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.model.huggingface.HuggingFace;
import org.lungo.preprocess.tokenizer.Tokenizer;

/**
 * A network for texts and the tokenizer that it was trained with, as a folder in Hugging Face's layout: {@code
 * config.json}, {@code model.safetensors}, {@code tokenizer.json}; ours also has a {@code manifest.json}, which is
 * checked when it is there, and a {@code golden.json}, whose examples are replayed.
 */
public sealed interface TextBundle permits LanguageBundle, BertBundle {
    /** The family of such models. */
    String FAMILY = "language";

    /** How texts become tokens. */
    Tokenizer tokenizer();

    /** The most tokens that the network sees at once. */
    int context();

    /** The number of different tokens that the network has a place for. */
    int vocabulary();

    /** The number of trained values. */
    long parameters();

    /** Writes the files of Hugging Face's alone, to a folder that must be new or empty. */
    void export(Path folder) throws IOException;

    /** What the network answers for each of {@code given}, in FLOAT32, as it is read from the folder. */
    GoldenTokens golden(List<GoldenTokens.Given> given);

    /** Writes the model folder, which must be new or empty; it is served by default. */
    default void save(Path folder) throws IOException {
        save(folder, TextServing.DEFAULTS, List.of());
    }

    /**
     * Writes the model folder, which must be new or empty.
     *
     * @param texts the golden examples are chosen from, see {@link GoldenTokens#chosen}
     * @throws org.lungo.deploy.NotFiniteException when an answer to one is not finite; nothing is written then
     */
    default void save(Path folder, TextServing serving, List<GoldenTokens.Given> texts) throws IOException {
        GoldenTokens golden =
                golden(GoldenTokens.chosen(texts, vocabulary(), context())).requireFinite();
        export(folder);
        golden.save(folder);
        serving.save(folder);
        ModelFolder.write(folder, FAMILY);
        Manifest.write(folder, Set.of());
    }

    /**
     * Reads a model folder, or that of a run, and replays its golden examples. The model's parameters live in the scope that
     * is open now.
     *
     * @throws org.lungo.tensor.CorruptFileException when a file is missing or damaged, or the model no longer answers as it
     *     did
     * @throws IllegalArgumentException when it is none of a model for texts, or one of a kind that is not supported
     */
    static TextBundle load(Path folder) throws IOException {
        return isBert(folder) ? BertBundle.load(folder) : LanguageBundle.load(folder);
    }

    /** Whether {@code folder} is a run, or a model folder, of a BERT. */
    static boolean isBert(Path folder) throws IOException {
        return HuggingFace.isBert(ModelFolder.inside(folder));
    }
}
