package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lungo.data.DataException;
import org.lungo.data.DocumentReader;
import org.lungo.data.Documents;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;

/** The tokenizer of a language model: one that is given, or one that is learned from the text. */
final class Tokenizers {
    /** Texts up to this many characters are learned character by character: they have too few words for more. */
    private static final long FEW_CHARACTERS = 4_000_000;

    private static final int MAX_CHARACTERS = 60_000;

    private Tokenizers() {}

    static Tokenizer of(LanguageConfig config) throws IOException {
        String from = config.model().start().from();
        if (from != null) {
            return LanguageBundle.tokenizerOf(Path.of(from));
        }
        String file = config.tokenizer().file();
        if (file != null) {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException(
                        "no file " + path + "; tokenizer.file must name a tokenizer.json, or be left out");
            }
            return Tokenizer.load(path);
        }
        Documents documents = config.data().documents();
        try (DocumentReader reader = documents.open()) {
            if (!reader.hasNext()) {
                throw new DataException("E301", documents.title() + " holds no text");
            }
            return training(config, documents).train(reader.texts());
        }
    }

    private static TokenizerTraining training(LanguageConfig config, Documents documents) {
        LanguageConfig.TokenizerChoice choice = config.tokenizer();
        TokenizerTraining.Type type = switch (choice.type()) {
            case CHAR -> TokenizerTraining.Type.CHAR;
            case BPE -> TokenizerTraining.Type.BPE;
            case WORDPIECE -> TokenizerTraining.Type.WORDPIECE;
            case UNIGRAM -> TokenizerTraining.Type.UNIGRAM;
            case AUTO ->
                config.model().type() == LanguageConfig.Type.BERT
                        ? TokenizerTraining.Type.WORDPIECE
                        : isShort(documents) ? TokenizerTraining.Type.CHAR : TokenizerTraining.Type.BPE;
        };
        int size = type == TokenizerTraining.Type.CHAR ? MAX_CHARACTERS : choice.size();
        TokenizerTraining training = TokenizerTraining.of(type, size);
        if (type == TokenizerTraining.Type.WORDPIECE && choice.lowercase()) {
            training = training.withLowercase();
        }
        if (config.model().type() == LanguageConfig.Type.BERT) {
            return training;
        }
        List<String> special = new ArrayList<>(training.specialTokens());
        if (!special.contains(LanguageBundle.END)) {
            special.add(LanguageBundle.END);
        }
        return training.withSpecialTokens(special);
    }

    private static boolean isShort(Documents documents) {
        long characters = 0;
        try (DocumentReader reader = documents.open()) {
            while (reader.hasNext() && characters <= FEW_CHARACTERS) {
                characters += reader.next().text().length();
            }
        }
        return characters <= FEW_CHARACTERS;
    }
}
