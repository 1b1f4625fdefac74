package org.lungo.evaluate;

import java.util.Arrays;

/**
 * How far predicted numbers are from the true ones, for drawing. The first output only.
 *
 * @param actual [points] true values of up to 1000 evenly spaced rows
 * @param predicted [points] predictions of the same rows
 * @param edges [bins + 1] histogram of predicted minus actual, over the middle 99% of the rows
 * @param counts [bins] rows per bin of the histogram; the outer bins also hold what lies beyond them
 */
public record Residuals(double[] actual, double[] predicted, double[] edges, long[] counts) {
    private static final int POINTS = 1000;
    private static final int BINS = 24;
    private static final double TAIL = 0.005;

    /** The residuals of regression predictions. */
    static Residuals of(Predictions predictions) {
        double[] predicted = predictions.scoresOf(0);
        double[] actual = predictions.targetsOf(0);
        double[] residuals = new double[actual.length];
        Arrays.setAll(residuals, row -> predicted[row] - actual[row]);
        double[] edges = edges(residuals);
        long[] counts = new long[BINS];
        for (double residual : residuals) {
            int bin = (int) Math.floor((residual - edges[0]) / (edges[BINS] - edges[0]) * BINS);
            counts[Math.max(0, Math.min(BINS - 1, bin))]++;
        }
        int points = Math.min(POINTS, actual.length);
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            int row = (int) ((long) i * actual.length / points);
            x[i] = actual[row];
            y[i] = predicted[row];
        }
        return new Residuals(x, y, edges, counts);
    }

    private static double[] edges(double[] residuals) {
        double[] sorted = residuals.clone();
        Arrays.sort(sorted);
        double low = sorted[(int) (TAIL * (sorted.length - 1))];
        double high = sorted[(int) Math.ceil((1 - TAIL) * (sorted.length - 1))];
        if (low == high) {
            low -= 0.5;
            high += 0.5;
        }
        double[] edges = new double[BINS + 1];
        for (int i = 0; i <= BINS; i++) {
            edges[i] = low + (high - low) * i / BINS;
        }
        return edges;
    }
}
