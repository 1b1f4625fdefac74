package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Task;

/** The numbers of an evaluation in plain words. */
final class ReportWords {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("accuracy", "share of right answers"),
            Map.entry("balanced_accuracy", "share of each class that is found, averaged"),
            Map.entry("precision", "share of the picked rows that are right"),
            Map.entry("recall", "share of the rows to find that are found"),
            Map.entry("f1", "balance of precision and recall"),
            Map.entry("roc_auc", "how well it ranks: 0.5 is guessing, 1 is perfect"),
            Map.entry("pr_auc", "precision averaged over all levels of recall"),
            Map.entry("log_loss", "average negative log-probability of the truth"),
            Map.entry("brier", "squared error of the probabilities"),
            Map.entry("ece", "gap between probabilities and what happens"),
            Map.entry("mcc", "correlation of answer and truth"),
            Map.entry("cohen_kappa", "agreement beyond chance"),
            Map.entry("hamming_loss", "share of wrong labels"),
            Map.entry("val_loss", "cross entropy of a predicted token, in nats"),
            Map.entry("perplexity", "number of equally likely tokens that would leave it as unsure"),
            Map.entry("bleu", "overlap with the reference translations, in percent"),
            Map.entry("rmse", "typical error, large ones count more"),
            Map.entry("mae", "average error"),
            Map.entry("r2", "share of the variation it explains"),
            Map.entry("mape", "average error as a share of the true value"),
            Map.entry("median_absolute_error", "half of the errors are smaller"),
            Map.entry("max_error", "largest error"));

    /** Rounding, not a value. */
    private static final double NOTHING = 1e-10;

    private ReportWords() {}

    static String meaning(String metric) {
        return MEANINGS.getOrDefault(metric, "");
    }

    static String subtitle(Evaluation evaluation) {
        String kind = switch (evaluation.task()) {
            case BINARY -> "'" + String.join("' or '", evaluation.detail().classes()) + "'";
            case MULTICLASS -> "one of " + evaluation.detail().classes().size() + " classes";
            case MULTILABEL -> "any of " + evaluation.detail().classes().size() + " labels";
            case REGRESSION -> "a number";
        };
        return String.format(Locale.ROOT, "Evaluated on %s. It predicts %s.", Count.of(evaluation.rows(), "row"), kind);
    }

    /** What a reader should take away, most important first. */
    static List<String> sentences(Evaluation evaluation) {
        List<String> sentences = new ArrayList<>();
        if (evaluation.task() == Task.REGRESSION) {
            add(sentences, evaluation, "mae", "Its predictions are off by %s on average%s. %s would be off by %s.");
            add(sentences, evaluation, "rmse", "Counting large errors more (RMSE), it is off by %s%s. %s: %s.");
        } else {
            String subject = evaluation.task() == Task.MULTILABEL
                    ? "Every label is right for %s of the rows%s. %s would manage %s."
                    : "It is right for %s of the rows%s. %s would be right for %s.";
            add(sentences, evaluation, "accuracy", subject);
        }
        if (sentences.isEmpty()) {
            add(sentences, evaluation, evaluation.headline(), evaluation.headline() + " is %s%s. %s: %s.");
        }
        if (evaluation.task() == Task.BINARY) {
            binary(sentences, evaluation);
        }
        @Nullable Calibration calibration = evaluation.detail().calibration();
        if (calibration != null) {
            sentences.add("Its probabilities differ from what happens by "
                    + String.format(Locale.ROOT, "%.1f", 100 * calibration.error()) + " percentage points on average.");
        }
        @Nullable Double explained = evaluation.metrics().get("r2");
        if (explained != null && explained > 0) {
            sentences.add("It explains " + percent(explained) + " of the variation of the target.");
        }
        return sentences;
    }

    /** Whether the headline metric is better than the trivial answer beyond doubt; null when that cannot be said. */
    static @Nullable Boolean beatsBaseline(Evaluation evaluation) {
        String metric = evaluation.headline();
        Direction direction = evaluation.scores().directions().getOrDefault(metric, Direction.HIGHER);
        return evaluation
                .scores()
                .intervals()
                .getOrDefault(metric, Interval.UNDEFINED)
                .beats(evaluation.scores().baseline().getOrDefault(metric, Double.NaN), direction);
    }

    /** The sentence about the baseline as HTML; empty for {@code better} null. */
    static String verdict(@Nullable Boolean better, String headline) {
        if (better == null) {
            return "";
        }
        return (better ? "<p class=\"verdict good\">Better" : "<p class=\"verdict bad\">Not clearly better")
                + " than the baseline, judged by " + Html.escape(headline) + " with its 95% interval.</p>\n";
    }

    /** Four significant digits, thousands grouped; a dash for what is undefined. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "-" : value > 0 ? "above all" : "below all";
        }
        double size = Math.abs(value);
        if (size >= 1000 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size < NOTHING) {
            return "0";
        }
        if (size < 1e-4) {
            return String.format(Locale.ROOT, "%.2E", value);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : "%.4f", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    /** {@code format} takes the value, its interval, the trivial answer and what that reaches. */
    private static void add(List<String> sentences, Evaluation evaluation, String metric, String format) {
        @Nullable Double value = evaluation.metrics().get(metric);
        if (value == null || value.isNaN()) {
            return;
        }
        boolean share = metric.equals("accuracy");
        Interval interval = evaluation.scores().intervals().getOrDefault(metric, Interval.UNDEFINED);
        String range = interval.isDefined()
                ? " (95% sure: " + shown(interval.low(), share) + " to " + shown(interval.high(), share) + ")"
                : "";
        double trivial = evaluation.scores().baseline().getOrDefault(metric, Double.NaN);
        String answer = "Answering " + evaluation.scores().trivialAnswer();
        sentences.add(String.format(Locale.ROOT, format, shown(value, share), range, answer, shown(trivial, share)));
    }

    private static String shown(double value, boolean share) {
        return share ? percent(value) : number(value);
    }

    private static void binary(List<String> sentences, Evaluation evaluation) {
        String positive = "'" + evaluation.detail().classes().get(1) + "'";
        @Nullable Double precision = evaluation.metrics().get("precision");
        @Nullable Double recall = evaluation.metrics().get("recall");
        if (precision != null && recall != null && !precision.isNaN() && !recall.isNaN()) {
            sentences.add("When it says " + positive + " it is right in " + percent(precision)
                    + " of the cases, and it finds " + percent(recall) + " of all rows that are " + positive + ".");
        }
        @Nullable Double auc = evaluation.metrics().get("roc_auc");
        if (auc != null && !auc.isNaN()) {
            sentences.add("Of one row that is " + positive + " and one that is not, it gives the first the higher"
                    + " probability in " + percent(auc) + " of all pairs.");
        }
    }
}
