package org.lungo.tensor;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Runs a recurrent cell over rows of different lengths, packed step by step so that padding is never computed. */
final class PackedSteps {
    private static final int WEIGHTS_PER_CELL = 4;

    private PackedSteps() {}

    /** One of the native library's recurrent operations. */
    @FunctionalInterface
    interface Cell {
        /**
         * The states after each packed step; what it returns may be borrowed.
         *
         * @param start the first state, zeros [layers * directions, rows, hidden]
         */
        org.bytedeco.pytorch.Tensor over(
                PackedSequence steps, org.bytedeco.pytorch.Tensor start, TensorVector weights, long layers);
    }

    static Tensor run(String name, Tensor x, Tensor lengths, List<Tensor> weights, boolean bidirectional, Cell cell) {
        check(name, x, weights, bidirectional);
        long cells = weights.size() / WEIGHTS_PER_CELL;
        long rows = x.size(0);
        Tensor start = Tensor.zeros(x.dtype(), cells, rows, weights.get(1).size(1));
        org.bytedeco.pytorch.Tensor states;
        try (PointerScope scope = new PointerScope();
                TensorVector parameters = Op.vector(weights);
                LongOptional steps = new LongOptional(x.size(1))) {
            PackedSequence packed = torch.pack_padded_sequence(x.handle(), lengths.handle(), true, false);
            org.bytedeco.pytorch.Tensor out =
                    cell.over(packed, start.handle(), parameters, bidirectional ? cells / 2 : cells);
            PackedSequence answer =
                    new PackedSequence(out, packed.batch_sizes(), packed.sorted_indices(), packed.unsorted_indices());
            states = new org.bytedeco.pytorch.Tensor(
                    torch.pad_packed_sequence(answer, true, 0, steps).get0());
            states.retainReference(); // outlives this scope
            scope.detach(states);
        } catch (RuntimeException e) {
            throw NativeFailure.of(name, e, x, weights.get(0));
        }
        PointerScope outer = PointerScope.getInnerScope();
        if (outer != null) {
            outer.attach(states);
            states.releaseReference();
        }
        return new Tensor(states);
    }

    /** The native operations of libtorch 2.13 read beyond weights that are too narrow, and answer. */
    private static void check(String name, Tensor x, List<Tensor> weights, boolean bidirectional) {
        ShapeException.requireRank(name, x, 3, "steps [rows, steps, in]");
        int directions = bidirectional ? 2 : 1;
        long hidden = weights.get(1).size(1);
        for (int cell = 0; cell < weights.size() / WEIGHTS_PER_CELL; cell++) {
            Tensor input = weights.get(cell * WEIGHTS_PER_CELL); // [gates * hidden, width]
            long width = cell < directions ? x.size(2) : directions * hidden;
            if (input.size(1) != width) {
                throw new ShapeException(
                        name,
                        "the input weights [gates * hidden, in] of pass " + cell + " must have in=" + width,
                        x.dtype() + Arrays.toString(x.shape()) + ", " + input.dtype() + Arrays.toString(input.shape()));
            }
        }
    }
}
