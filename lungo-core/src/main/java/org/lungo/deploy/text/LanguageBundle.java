package org.lungo.deploy.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.lungo.deploy.Bundle;
import org.lungo.deploy.Manifest;
import org.lungo.model.LanguageModel;
import org.lungo.model.huggingface.HuggingFace;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.CorruptFileException;

/**
 * A language model and the tokenizer that it was trained with, as a folder in Hugging Face's layout: {@code config.json},
 * {@code model.safetensors}, {@code tokenizer.json}; ours has a {@code manifest.json} beside them, which is checked when it
 * is there.
 *
 * @param endTokens the tokens that end a text, as far as the configuration names them
 */
public record LanguageBundle(LanguageModel model, Tokenizer tokenizer, List<Long> endTokens) {
    /** The token behind each document. */
    public static final String END = "<|endoftext|>";

    private static final String TOKENIZER = "tokenizer.json";

    /** Checks that the model has a place for every token. */
    public LanguageBundle {
        endTokens = List.copyOf(endTokens);
        if (tokenizer.size() > model.vocabulary()) {
            throw new CorruptFileException("the tokenizer must have at most as many tokens as the model, "
                    + model.vocabulary() + ". Received: " + tokenizer.size());
        }
    }

    /** A model whose texts end as {@link #END} says, if its tokenizer has that. */
    public LanguageBundle(LanguageModel model, Tokenizer tokenizer) {
        this(model, tokenizer, List.of());
    }

    /** Whether {@code folder} is a run, or a model folder, of a language model. */
    public static boolean isIn(Path folder) {
        return Bundle.isOfText(modelFolder(folder));
    }

    private static Path modelFolder(Path folder) {
        return Files.isDirectory(folder.resolve("model")) ? folder.resolve("model") : folder;
    }

    /** Writes the model folder, which must be new or empty. */
    public void save(Path folder) throws IOException {
        export(folder);
        Manifest.write(folder, Set.of());
    }

    /** Writes the files of Hugging Face's alone. */
    public void export(Path folder) throws IOException {
        HuggingFace.write(folder, model);
        Files.writeString(folder.resolve(TOKENIZER), tokenizer.json());
    }

    /**
     * Reads a model folder, or that of a run. The model's parameters live in the scope that is open now.
     *
     * @throws CorruptFileException when a file is missing or damaged
     * @throws IllegalArgumentException when it is none of a language model, or one of a kind that is not supported
     */
    public static LanguageBundle load(Path folder) throws IOException {
        Path model = modelFolder(folder);
        Tokenizer tokenizer = tokenizerOf(folder);
        if (Files.exists(model.resolve(Manifest.NAME))) {
            Manifest.verify(model);
        }
        return new LanguageBundle(HuggingFace.read(model), tokenizer, HuggingFace.endTokens(model));
    }

    /** The tokenizer of a model folder, or of that of a run. */
    public static Tokenizer tokenizerOf(Path folder) throws IOException {
        Path file = modelFolder(folder).resolve(TOKENIZER);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(folder
                    + " must be a run, or a folder, of a language model. Received: no " + TOKENIZER + " in "
                    + file.getParent());
        }
        return Tokenizer.load(file);
    }
}
