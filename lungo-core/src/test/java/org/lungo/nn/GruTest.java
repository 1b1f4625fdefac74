package org.lungo.nn;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/** Two layers of GRU in one direction. */
final class GruTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new Recurrent.Config(Recurrent.Cell.GRU, 3, 2, 2, false).build(random);
    }

    @Override
    public Tensor input(DType dtype) {
        return Waves.of(ROWS, 4, 3).to(dtype);
    }

    @Override
    public long[] outputShape() {
        return new long[] {ROWS, 4, 2};
    }

    @Override
    public List<String> names() {
        return IntStream.range(0, 2)
                .boxed()
                .flatMap(i ->
                        Stream.of("input", "state", "inputBias", "stateBias").map(name -> "passes." + i + "." + name))
                .toList();
    }
}
