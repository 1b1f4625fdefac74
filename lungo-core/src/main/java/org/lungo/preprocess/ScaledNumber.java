package org.lungo.preprocess;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lungo.data.Column;
import org.lungo.data.DataException;
import org.lungo.data.NumberColumn;

/**
 * A number, scaled; a missing one becomes the training rows' median.
 *
 * @param fill what stands for a missing value
 * @param indicator whether a second output says that the value is missing
 * @param bins the edges of a piecewise linear encoding, added to the scaled value; empty for none. Gorishniy, Rubachev and
 *     Babenko 2022, arXiv:2203.05556, section 3.1
 */
public record ScaledNumber(String column, double fill, boolean indicator, Scaling scaling, double[] bins)
        implements Fitted.Numbers {
    /** What lies farther out counts as this far: products of larger numbers would leave the range of FLOAT32. */
    public static final double FARTHEST = 1e9;

    /** Learns from the values that are not missing; a column without any becomes 0 everywhere. */
    static ScaledNumber fit(NumberColumn column, TablePreprocessor.Numbers config) {
        double[] present = column.sorted();
        boolean indicator = config.missingIndicator() && present.length < column.rows();
        if (present.length == 0) {
            return new ScaledNumber(column.name(), 0, false, Scale.NONE.fit(0), new double[0]);
        }
        finite(column.name(), present[0]);
        finite(column.name(), present[present.length - 1]);
        double[] bins = config.bins() == 0 ? new double[0] : edges(present, config.bins());
        return new ScaledNumber(
                column.name(),
                Quantiles.at(present, 0.5),
                indicator,
                config.scale().fit(present),
                bins);
    }

    private static double[] edges(double[] sorted, int bins) {
        double[] edges =
                Arrays.stream(Quantiles.knots(sorted, bins + 1)).distinct().toArray();
        return edges.length > 2 ? edges : new double[0];
    }

    @Override
    public int width() {
        return 1 + (indicator ? 1 : 0) + Math.max(0, bins.length - 1);
    }

    @Override
    public int scaled() {
        return 1;
    }

    @Override
    public List<String> outputs() {
        List<String> outputs = new ArrayList<>(List.of(column));
        if (indicator) {
            outputs.add(column + "=missing");
        }
        for (int i = 0; i + 1 < bins.length; i++) {
            outputs.add(column + "=bin" + i);
        }
        return outputs;
    }

    @Override
    public void write(Column values, float[] target, int at, int stride) {
        double[] numbers = ((NumberColumn) values).values();
        for (int row = 0; row < numbers.length; row++) {
            boolean missing = Double.isNaN(numbers[row]);
            double value = missing ? fill : finite(column, numbers[row]);
            int place = at + row * stride;
            target[place++] = (float) Math.max(-FARTHEST, Math.min(FARTHEST, scaling.apply(value)));
            if (indicator) {
                target[place++] = missing ? 1 : 0;
            }
            for (int i = 0; i + 1 < bins.length; i++) {
                double share = (value - bins[i]) / (bins[i + 1] - bins[i]);
                target[place++] = (float) Math.min(1, Math.max(0, share));
            }
        }
    }

    private static double finite(String column, double value) {
        if (Double.isInfinite(value)) {
            throw new DataException(
                    "E307",
                    "column '" + column + "' must hold finite numbers. Received: " + value
                            + "; clean it, or add it to data.read.missing");
        }
        return value;
    }
}
