package org.lungo.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Manifest;
import org.lungo.evaluate.CrossValidation;
import org.lungo.evaluate.Gates;
import org.lungo.evaluate.Judged;
import org.lungo.evaluate.Measurement;
import org.lungo.evaluate.Summary;
import org.lungo.tensor.Check;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** How a model of texts is judged. */
public record Bars(
        @JsonPropertyDescription(
                "Thresholds that metrics must reach, such as `f1: '>=0.80'`; a run that misses one exits with 4.")
        Map<String, String> gates,

        @JsonPropertyDescription(
                "The number of folds of a cross-validation over `data.path`; the gates are judged by the mean over the folds; 0 for none.")
        int folds) {
    public static final Bars NONE = new Bars(Map.of(), 0);

    /** The path of {@link #gates} in a config. */
    public static final String GATES = "evaluate.gates";

    public Bars {
        Check.that(folds == 0 || folds >= 2, "folds must be 0 or at least 2", folds);
        gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates)); // a config is always written in the same way
    }

    /**
     * Refuses a bar for what is not measured, or in another form.
     *
     * @param metrics what is measured
     */
    public void requireAmong(Collection<String> metrics) {
        Gates.parse(gates, metrics);
    }

    /**
     * A measurement, judged by these bars.
     *
     * @param other a cross-validation, by whose mean it is judged; null for none
     */
    public Judged judged(Measurement measured, Summary summary, @Nullable CrossValidation other) {
        Map<String, Double> values = other == null ? summary.metrics() : other.mean();
        Gates parsed = Gates.parse(gates, summary.metrics().keySet());
        return new Judged(measured, summary, parsed.outcomes(values), other);
    }

    /**
     * A measurement of the model in {@code run}, judged by the gates that its config sets; a model folder alone sets none.
     *
     * @param stored whether it is the one that the run ended with, a cross-validation included
     * @throws org.lungo.tensor.CorruptFileException when a file of the run, such as its config, was changed
     */
    public static Judged judge(Path run, Measurement measured, Summary summary, boolean stored) throws IOException {
        Path config = run.resolve(RunFolder.CONFIG);
        Map<String, String> gates = new LinkedHashMap<>();
        if (Files.isRegularFile(config)) {
            Manifest.verify(run); // a bar that was lowered by hand is none
            JsonNode values =
                    new YAMLMapper().readTree(Files.readString(config)).at("/evaluate/gates");
            values.properties()
                    .forEach(gate -> gates.put(gate.getKey(), gate.getValue().asString()));
        }
        return new Bars(gates, 0).judged(measured, summary, stored ? folds(run) : null);
    }

    private static @Nullable CrossValidation folds(Path run) throws IOException {
        JsonNode folds = JsonMapper.shared()
                .readTree(Files.readString(run.resolve(RunFolder.METRICS)))
                .get("cross_validation");
        return folds == null ? null : CrossValidation.stored(folds);
    }
}
