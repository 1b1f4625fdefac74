package org.lungo.family.tables.training;

import java.util.Collections;
import java.util.Map;
import org.lungo.data.Batch;
import org.lungo.data.Dataset;
import org.lungo.data.Mixture;
import org.lungo.evaluate.Direction;
import org.lungo.loss.Loss;
import org.lungo.model.Model;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;

/**
 * The rows of a table and their answers.
 *
 * @param validation the rows that say how training goes
 * @param scoring how good the answers for them are, in addition to the loss
 * @param augment what is done to each training batch
 * @param batchSize rows in a batch
 */
public record TableLesson(
        Model model,
        Loss loss,
        Dataset train,
        Dataset validation,
        Scoring scoring,
        BatchTransform augment,
        int batchSize)
        implements Lesson {
    private static final int EVALUATION_ROWS = 4096;

    /** Rows as they are, judged by their loss alone. */
    public TableLesson(Model model, Loss loss, Dataset train, Dataset validation, int batchSize) {
        this(model, loss, train, validation, Scoring.NONE, BatchTransform.NONE, batchSize);
    }

    @Override
    public Parameters parameters() {
        return Parameters.of(model);
    }

    @Override
    public long examples() {
        return train.rows();
    }

    @Override
    public long batches() {
        return ((long) train.rows() + batchSize - 1) / batchSize;
    }

    @Override
    public Epoch epoch(int number, Random random) {
        Dataset.Epoch order = train.epoch(random.stream("shuffle", number), batchSize);
        Random changes = random.stream("augment", number);
        return index -> {
            Batch batch = augment.apply(order.batch(index), changes.stream("batch", index));
            return new Outcome(lossOf(forward(batch), batch), batch.targets().size(0));
        };
    }

    /** Of blended rows the loss for both answers, by their shares. */
    private Tensor lossOf(Tensor logits, Batch batch) {
        Mixture mixture = batch.features().mixture();
        Tensor own = lossOf(logits, batch.targets()); // []
        if (mixture == null) {
            return own;
        }
        Tensor other = lossOf(logits, batch.targets().indexSelect(0, mixture.partners())); // []
        return own.mul(mixture.share()).add(other.mul(1 - mixture.share())); // []
    }

    @Override
    public Map<String, Direction> monitors() {
        return scoring.monitors();
    }

    @Override
    public Validation validate(Mode mode) {
        double sum = 0;
        for (long start = 0; start < validation.rows(); start += EVALUATION_ROWS) {
            long rows = Math.min(EVALUATION_ROWS, validation.rows() - start);
            try (Scope scope = Scope.open(mode)) {
                Batch batch = new Batch(
                        validation.features().narrow(start, rows),
                        validation.targets().narrow(0, start, rows));
                Tensor logits = forward(batch); // [members * rows, outputs]
                scoring.see(start, logits);
                sum += lossOf(logits, batch.targets()).item() * rows;
            }
        }
        return new Validation(sum / validation.rows(), scoring.end());
    }

    private Tensor forward(Batch batch) {
        Tensor logits = model.forward(batch.features()); // [members * rows, outputs]
        return logits.dtype() == DType.FLOAT32 ? logits : logits.to(DType.FLOAT32);
    }

    private Tensor lossOf(Tensor logits, Tensor targets) {
        Tensor repeated =
                model.members() > 1 ? Reshaping.concat(Collections.nCopies(model.members(), targets), 0) : targets;
        return loss.of(logits, repeated);
    }
}
