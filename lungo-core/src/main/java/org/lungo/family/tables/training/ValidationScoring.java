package org.lungo.family.tables.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lungo.data.Rows;
import org.lungo.data.Table;
import org.lungo.evaluate.Direction;
import org.lungo.evaluate.Metric;
import org.lungo.evaluate.Metrics;
import org.lungo.evaluate.Predictions;
import org.lungo.family.tables.Scorer;
import org.lungo.family.tables.TableBundle;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Tensor;
import org.lungo.train.EpochReport;

/**
 * The headline metric of the validation rows after each epoch, and the one that is monitored. Of more rows than the test
 * may have, every second, third, ... is looked at.
 */
final class ValidationScoring implements Scoring {
    private final Scorer scorer;
    private final double[][] known;
    private final int stride;
    private final List<Metric> metrics;
    private double[][] scores;
    private int filled;

    private ValidationScoring(Scorer scorer, double[][] known, int stride, List<Metric> metrics) {
        this.scorer = scorer;
        this.known = known;
        this.stride = stride;
        this.metrics = metrics;
        this.scores = new double[known.length][];
    }

    /** The scoring of {@code rows} by the model of {@code bundle} as it learns. */
    static ValidationScoring of(TableConfig config, TableBundle bundle, Rows rows) {
        FittedTarget target = bundle.target();
        List<Metric> metrics = new ArrayList<>();
        metrics.add(TableAttempt.evaluator(config, target.task()).metrics().get(0));
        String monitor = config.train().earlyStop().monitor();
        if (!monitor.equals(EpochReport.VAL_LOSS)) {
            Metric monitored = Metrics.named(monitor.substring(EpochReport.VALIDATION.length()));
            if (!monitored.name().equals(metrics.get(0).name())) {
                metrics.add(monitored);
            }
        }
        int stride = Math.max(
                1, (int) Math.ceil(rows.rows() / (double) config.evaluate().rows()));
        Rows some = stride == 1
                ? rows
                : rows.select(IntStream.range(0, rows.rows())
                        .filter(i -> i % stride == 0)
                        .toArray());
        double[][] known = target.known(targets(some, target.columns()));
        return new ValidationScoring(new Scorer(bundle), known, stride, metrics);
    }

    private static Table targets(Rows rows, List<String> columns) {
        return Table.of(columns.stream().map(rows::column).toList());
    }

    @Override
    public Map<String, Direction> monitors() {
        return metrics.stream().collect(Collectors.toMap(Metric::name, Metric::direction));
    }

    @Override
    public void see(long start, Tensor logits) {
        double[][] answers = scorer.answers(logits);
        int first = (int) ((stride - start % stride) % stride);
        for (int i = first; i < answers.length; i += stride) {
            scores[filled++] = answers[i];
        }
    }

    @Override
    public Map<String, Double> end() {
        FittedTarget target = scorer.bundle().target();
        double[][] seen = scores;
        scores = new double[known.length][];
        filled = 0;
        if (!Arrays.stream(seen).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
            return Map.of(); // the loss says it too
        }
        Map<String, Double> values =
                Metrics.of(new Predictions(target.task(), target.classes(), seen, known, target.threshold()), metrics);
        values.values().removeIf(value -> value.isNaN());
        return values;
    }
}
