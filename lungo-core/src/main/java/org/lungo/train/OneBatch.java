package org.lungo.train;

import java.util.Map;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

/**
 * The first batch of a lesson again and again, as the same randomness draws it: a model that cannot overfit it
 * learns nothing. The validation loss is that of the same batch.
 *
 * @param random the randomness of the batch
 */
public record OneBatch(Lesson lesson, Random random) implements Lesson {
    @Override
    public Parameters parameters() {
        return lesson.parameters();
    }

    @Override
    public long examples() {
        return 1;
    }

    @Override
    public long batches() {
        return 1;
    }

    @Override
    public Epoch epoch(int number, Random training) {
        Epoch first = lesson.epoch(1, random);
        return index -> new Outcome(first.batch(0).loss(), 1);
    }

    @Override
    public Validation validate(Mode mode) {
        try (Scope scope = Scope.open(mode)) {
            return new Validation(epoch(1, random).batch(0).loss().item(), Map.of());
        }
    }
}
