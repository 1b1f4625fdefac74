package org.lungo.deploy.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.model.huggingface.HuggingFace;
import org.lungo.preprocess.tokenizer.Tokenizer;

/**
 * A network for texts and the tokenizer that it was trained with, as a folder in Hugging Face's layout: {@code
 * config.json}, {@code model.safetensors}, {@code tokenizer.json}; ours has a {@code manifest.json} beside them, which is
 * checked when it is there.
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

    /** Writes the model folder, which must be new or empty; it is served by default. */
    default void save(Path folder) throws IOException {
        save(folder, TextServing.DEFAULTS);
    }

    /** Writes the model folder, which must be new or empty. */
    default void save(Path folder, TextServing serving) throws IOException {
        export(folder);
        serving.save(folder);
        ModelFolder.write(folder, FAMILY);
        Manifest.write(folder, Set.of());
    }

    /**
     * Reads a model folder, or that of a run. The model's parameters live in the scope that is open now.
     *
     * @throws org.lungo.tensor.CorruptFileException when a file is missing or damaged
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
