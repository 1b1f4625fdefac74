package org.lungo.family.tables.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lungo.data.TextColumn;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.model.Bert;
import org.lungo.model.BertReader;
import org.lungo.model.TextModel;
import org.lungo.preprocess.TextPreprocessor;
import org.lungo.preprocess.Transform;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.Check;
import org.lungo.tensor.Scope;

/**
 * A BERT that a model for tables begins with.
 *
 * @param folder a run, or a folder of Hugging Face's
 */
record PretrainedBert(Path folder, Bert.Config config, Tokenizer tokenizer) {
    /** {@code [CLS]} and {@code [SEP]}. */
    private static final int AROUND = 2;

    /**
     * The BERT in {@code folder}.
     *
     * @throws IllegalArgumentException when there is none
     */
    static PretrainedBert of(Path folder) {
        try {
            Check.that(
                    Files.isDirectory(folder) && TextBundle.isBert(folder),
                    "model.from must name a run of a BERT, or a folder of Hugging Face's with one",
                    folder);
            return new PretrainedBert(folder, BertBundle.config(folder), LanguageBundle.tokenizerOf(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("model.from cannot be read: " + folder, e);
        }
    }

    /** What reads the texts of a table. A pooler has no part in a mean. */
    BertReader.Layers layers(ModelChoice.Vector vector) {
        boolean pooler = config.details().pooler() && vector.pooling() == BertReader.Pooling.CLS;
        return new BertReader.Layers(
                config.withPooler(pooler),
                id(BertBundle.START),
                id(BertBundle.END),
                vector.pooling(),
                vector.dropout());
    }

    private int id(String token) {
        Integer id = tokenizer.id(token);
        if (id == null) {
            throw new IllegalArgumentException(
                    "the tokenizer in " + folder + " must have [CLS] and [SEP]. Received: no " + token);
        }
        return id;
    }

    /** What is done with a column of texts. */
    Transform transform(TextPreprocessor preprocessor) {
        return column -> preprocessor.fit((TextColumn) column, tokenizer, config.context() - AROUND);
    }

    /** Gives {@code model}, with these {@link #layers}, its weights. */
    void begin(TextModel model) {
        try (Scope scope = Scope.inference()) {
            BertReader.begin(model, BertBundle.load(folder).bert());
        } catch (IOException e) {
            throw new UncheckedIOException("model.from cannot be read: " + folder, e);
        }
    }
}
