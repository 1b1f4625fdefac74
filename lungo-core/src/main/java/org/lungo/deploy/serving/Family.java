package org.lungo.deploy.serving;

import java.io.IOException;
import java.nio.file.Path;
import org.lungo.deploy.Facts;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchResult;

/** A family of models on its answering side. It loads no code that trains. */
public interface Family {
    /** The name in configs, on the command line and in model folders, such as {@code translation}. */
    String name();

    /** What a model of it is, with its article, such as {@code a translation model}. */
    String title();

    /** What its models are for, said where one of another family was expected: {@code lungo translate gives it texts}. */
    String use();

    /** What its models answer for one by one, in the plural: rows, texts, lines. */
    default String instances() {
        return "texts";
    }

    /**
     * Verifies every file of a run or a model folder and says what the model needs and answers.
     *
     * @throws org.lungo.tensor.CorruptFileException when a file is missing or changed, naming it
     */
    Facts inspect(Path folder) throws IOException;

    /**
     * Loads a model folder, replays its golden examples if it has some, and warms it up. The model's tensors live in the scope
     * that is open now, and belong to this thread.
     *
     * @throws org.lungo.tensor.CorruptFileException when it is damaged or no longer answers as it did
     */
    Answerer open(Path folder, Serving serving) throws IOException;

    /**
     * Answers for data on disk, or in a database, and writes the answers.
     *
     * @throws org.lungo.data.DataException when the data cannot be used
     * @throws IllegalArgumentException when something is asked for that the family does not do
     */
    default BatchResult predict(Path folder, BatchOrder order, BatchListener listener) throws IOException {
        throw new IllegalArgumentException(refusal(folder));
    }

    /**
     * An order for the first answers to some data, which are to be shown: its output is a file in the form that people read
     * best.
     *
     * @param whole the order for all of the data
     * @param scratch a folder for the output
     */
    default BatchOrder first(BatchOrder whole, Path scratch, long limit) {
        return new BatchOrder(whole.input(), scratch.resolve("answers.jsonl").toString(), limit, whole.rows());
    }

    /** What is said of {@code folder}, which holds a model of this family, where one of another is asked for. */
    default String refusal(Path folder) {
        return folder + " holds " + title() + "; " + use();
    }
}
