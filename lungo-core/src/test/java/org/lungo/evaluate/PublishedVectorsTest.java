package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lungo.data.Task;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Expectations published by scikit-learn and Keras; each vector names its source. */
class PublishedVectorsTest {
    /** Optimizer vectors are checked where the optimizers are. */
    private static final List<String> ELSEWHERE = List.of(
            "SGD lr=0.5 one step",
            "AdamW lr=0.5 wd=0.004 one step",
            "Lion lr=0.5 one step",
            "Adam amsgrad",
            "SGD nesterov",
            "decoupled weight_decay");

    @TestFactory
    Stream<DynamicTest> matchesEveryPublishedVector() {
        JsonNode vectors = JsonMapper.shared().readTree(file()).get("vectors");
        assertThat(vectors.size()).isGreaterThan(15);
        return vectors.valueStream()
                .filter(vector -> ELSEWHERE.stream().noneMatch(vector.get("fn").asString()::startsWith))
                .map(vector -> DynamicTest.dynamicTest(vector.get("fn").asString(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        JsonNode input = vector.get("input");
        JsonNode expected = vector.get("expected");
        double tolerance = vector.has("tol") ? vector.get("tol").asDouble() : 1e-12;
        switch (vector.get("fn").asString()) {
            case "accuracy" -> same("accuracy", decisions(input), expected, tolerance);
            case "cohen_kappa" -> same("cohen_kappa", decisions(input), expected, tolerance);
            case "hamming_loss multiclass" -> same("hamming_loss", decisions(input), expected, tolerance);
            case "matthews_corrcoef" -> same("mcc", decisions(input), expected, tolerance);
            case "confusion tn,fp,fn,tp" -> {
                long[][] counts = Confusion.of(decisions(input)).counts();
                double[] flat = {counts[0][0], counts[0][1], counts[1][0], counts[1][1]};
                assertThat(flat).isEqualTo(numbers(expected));
            }
            case "precision/recall/f1 binary" -> checkBinary(decisions(input), expected, tolerance);
            case "jaccard per class / macro / micro" -> checkJaccard(decisions(input), expected, tolerance);
            case "precision_recall_curve" -> {
                Curve curve = Curve.precisionRecall(binary(input.get("y_true"), input.get("y_score")), 1);
                assertThat(curve.y()).containsExactly(numbers(expected.get("precision")), within(tolerance));
                assertThat(curve.x()).containsExactly(numbers(expected.get("recall")), within(tolerance));
                assertThat(Arrays.copyOf(curve.threshold(), curve.threshold().length - 1))
                        .containsExactly(numbers(expected.get("threshold")), within(tolerance));
            }
            case "brier" -> same("brier", binary(input.get("y_true"), input.get("p")), expected, tolerance);
            case "label_ranking_average_precision (=MRR here)" -> {
                double[][] scores = rows(input.get("y_score"));
                Predictions labels =
                        new Predictions(Task.MULTILABEL, Samples.names(3), scores, rows(input.get("y_true")));
                same("label_ranking_average_precision", labels, expected, tolerance);
            }
            case "r2 multioutput" -> checkDetermination(regression(input), expected, tolerance);
            case "msle", "max_error" -> same(vector.get("fn").asString(), regression(input), expected, tolerance);
            case "pinball alpha=0.1" -> same("pinball@0.1", regression(input), expected, tolerance);
            case "mse loss keras" -> same("mse", regression(input), expected, tolerance);
            case "mae loss keras" -> same("mae", regression(input), expected, tolerance);
            default -> fail("no check for vector '" + vector.get("fn").asString() + "'");
        }
    }

    private static void checkBinary(Predictions predictions, JsonNode expected, double tolerance) {
        same("precision", predictions, expected.get("precision"), tolerance);
        same("recall", predictions, expected.get("recall"), tolerance);
        same("f1", predictions, expected.get("f1"), tolerance);
        same("fbeta@0.5", predictions, expected.get("f0.5"), tolerance);
        same("fbeta@2", predictions, expected.get("f2"), tolerance);
    }

    private static void checkJaccard(Predictions predictions, JsonNode expected, double tolerance) {
        Confusion matrix = Confusion.of(predictions);
        double[] perClass = {matrix.jaccard(0), matrix.jaccard(1), matrix.jaccard(2)};
        assertThat(perClass).containsExactly(numbers(expected.get("none")), within(tolerance));
        same("jaccard", predictions, expected.get("macro"), tolerance);
        double wrong = matrix.total() - matrix.correct();
        assertThat(matrix.correct() / (matrix.correct() + 2 * wrong))
                .isCloseTo(expected.get("micro").asDouble(), within(tolerance));
    }

    private static void checkDetermination(Predictions predictions, JsonNode expected, double tolerance) {
        same("r2", predictions, expected.get("uniform"), tolerance);
        same("r2_variance_weighted", predictions, expected.get("variance_weighted"), tolerance);
        double[] raw = new double[2];
        for (int output = 0; output < raw.length; output++) {
            raw[output] = Metrics.named("r2")
                    .of(Predictions.regression(predictions.scoresOf(output), predictions.targetsOf(output)));
        }
        assertThat(raw).containsExactly(numbers(expected.get("raw")), within(tolerance));
    }

    private static void same(String metric, Predictions predictions, JsonNode expected, double tolerance) {
        assertThat(Metrics.named(metric).of(predictions)).isCloseTo(expected.asDouble(), within(tolerance));
    }

    /** Class values of any kind become indices in ascending order. */
    private static Predictions decisions(JsonNode input) {
        double[] targets = numbers(input.get("y_true"));
        double[] decided = numbers(input.get("y_pred"));
        double[] classes = Stream.of(targets, decided)
                .flatMapToDouble(Arrays::stream)
                .distinct()
                .sorted()
                .toArray();
        return Samples.deciding(classes.length, indices(classes, targets), indices(classes, decided));
    }

    private static int[] indices(double[] classes, double[] values) {
        return Arrays.stream(values)
                .mapToInt(value -> Arrays.binarySearch(classes, value))
                .toArray();
    }

    private static Predictions binary(JsonNode targets, JsonNode scores) {
        int[] truth =
                Arrays.stream(numbers(targets)).mapToInt(value -> (int) value).toArray();
        return Predictions.binary(List.of("no", "yes"), numbers(scores), truth);
    }

    private static Predictions regression(JsonNode input) {
        return new Predictions(Task.REGRESSION, List.of(), rows(input.get("y_pred")), rows(input.get("y_true")));
    }

    private static double[][] rows(JsonNode node) {
        return node.valueStream()
                .map(row -> row.isArray() ? numbers(row) : new double[] {row.asDouble()})
                .toArray(double[][]::new);
    }

    private static double[] numbers(JsonNode node) {
        return node.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    private static Offset<Double> within(double tolerance) {
        return Offset.offset(tolerance);
    }

    private static Path file() {
        @Nullable String named = System.getenv("LUNGO_DATA");
        List<Path> places = named == null
                ? List.of(Path.of("../shared/data"), Path.of("../../shared/data"))
                : List.of(Path.of(named));
        for (Path place : places) {
            Path file = place.resolve("numeric_vectors/vectors_open.json");
            if (Files.exists(file)) {
                return file;
            }
        }
        String message = "published vectors not found in " + places + "; set LUNGO_DATA to the data folder";
        return "true".equals(System.getenv("LUNGO_REQUIRE_DATA")) ? fail(message) : abort(message);
    }
}
