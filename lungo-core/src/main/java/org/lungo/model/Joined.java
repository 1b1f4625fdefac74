package org.lungo.model;

import java.util.ArrayList;
import java.util.List;
import org.lungo.data.Features;
import org.lungo.nn.Layer;
import org.lungo.tensor.Random;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Tensor;

/**
 * A network for tables with columns that have a shape of their own: a layer makes a vector of each, and the network takes
 * the vectors as further numbers.
 *
 * @param readers the layers, in the order of the columns
 */
public record Joined(List<Layer> readers, Model network) implements Model {
    /** [members * rows, outputs]. */
    @Override
    public Tensor forward(Features features) {
        List<Tensor> parts = new ArrayList<>();
        if (features.numbers().size(1) > 0) {
            parts.add(features.numbers()); // [rows, numbers]
        }
        for (int i = 0; i < readers.size(); i++) {
            parts.add(readers.get(i).forward(features.shaped().get(i))); // [rows, width]
        }
        return network.forward(features.withNumbers(Reshaping.concat(parts, 1)));
    }

    @Override
    public int members() {
        return network.members();
    }

    @Override
    public Joined folded() {
        return new Joined(readers, network.folded());
    }

    /** The shape of {@code network} with what reads columns before it; without such columns that of the network alone. */
    record Config(Architecture network) implements Architecture {
        @Override
        public String family() {
            return network.family();
        }

        @Override
        public TableLayers saved() {
            return network.saved();
        }

        @Override
        public Model build(Inputs inputs, Random random) {
            if (inputs.shaped().isEmpty()) {
                return network.build(inputs, random);
            }
            List<Layer> readers = new ArrayList<>();
            for (Inputs.Shaped column : inputs.shaped()) {
                readers.add(column.reader().build(random.stream("column", readers.size())));
            }
            return new Joined(readers, network.build(inputs.read(), random));
        }

        @Override
        public double count(Inputs inputs) {
            return network.count(inputs.read())
                    + inputs.shaped().stream()
                            .mapToDouble(column -> column.reader().count())
                            .sum();
        }

        @Override
        public double keptPerRow(Inputs inputs) {
            return network.keptPerRow(inputs.read())
                    + inputs.shaped().stream()
                            .mapToDouble(column -> column.reader().keptPerRow())
                            .sum();
        }
    }
}
