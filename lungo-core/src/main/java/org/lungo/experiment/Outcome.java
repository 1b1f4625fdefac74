package org.lungo.experiment;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.evaluate.CrossValidation;
import org.lungo.evaluate.Gates;
import org.lungo.evaluate.Measurement;
import org.lungo.train.TrainingState;

/**
 * What a run ended with.
 *
 * @param <E> the evaluation of the family
 * @param folder the folder of the run
 * @param measured the evaluation as {@code metrics.json} holds it, judged by the gates
 * @param state the epochs of the training
 */
public record Outcome<E>(Path folder, E evaluation, Measurement measured, TrainingState state, Attempt.Remarks remarks)
        implements Measurement {
    /** Notes on the data. */
    public List<String> notes() {
        return remarks.notes();
    }

    /** Commands that use the model. */
    public List<String> next() {
        return remarks.next();
    }

    @Override
    public String toJson() {
        return measured.toJson();
    }

    @Override
    public @Nullable CrossValidation folds() {
        return measured.folds();
    }

    @Override
    public List<Gates.Outcome> failures() {
        return measured.failures();
    }

    /** The notes, the evaluation, a line about the training, and where the report is. */
    @Override
    public String toText() {
        StringBuilder text = new StringBuilder();
        remarks.notes().forEach(note -> text.append("note: ").append(note).append(System.lineSeparator()));
        return text.append(measured.toText())
                .append(System.lineSeparator())
                .append(remarks.training())
                .append(System.lineSeparator())
                .append("Report: ")
                .append(folder.resolve(RunFolder.REPORT))
                .toString();
    }
}
