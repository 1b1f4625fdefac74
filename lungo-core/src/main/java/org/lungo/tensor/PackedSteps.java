package org.lungo.tensor;

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
}
