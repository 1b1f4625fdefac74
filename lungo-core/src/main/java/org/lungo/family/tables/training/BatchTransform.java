package org.lungo.family.tables.training;

import org.lungo.data.Batch;
import org.lungo.tensor.Random;

/** What is done to each training batch before the model sees it; validation and test batches stay as they are. */
@FunctionalInterface
public interface BatchTransform {
    /** Leaves batches as they are. */
    BatchTransform NONE = (batch, random) -> batch;

    /**
     * The batch that is trained on, with as many rows.
     *
     * @param random a stream of this epoch and batch alone, so that training can be resumed bit for bit
     */
    Batch apply(Batch batch, Random random);

    /** This one and then another, each with a stream of its own. */
    default BatchTransform then(BatchTransform next) {
        if (equals(NONE) || next.equals(NONE)) {
            return equals(NONE) ? next : this;
        }
        return (batch, random) -> next.apply(apply(batch, random.stream("first")), random.stream("next"));
    }
}
