package org.lungo.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.deploy.Manifest;
import org.lungo.evaluate.CrossValidation;
import org.lungo.evaluate.Gates;
import org.lungo.evaluate.Judged;
import org.lungo.evaluate.Measurement;
import org.lungo.evaluate.Summary;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** How a model of texts is judged. */
public record Bars(
        @JsonPropertyDescription(
                "Bars that must be reached, such as `f1: '>=0.80'`; a run that misses one exits with 4.")
        Map<String, String> gates) {
    public static final Bars NONE = new Bars(Map.of());

    /** The path of {@link #gates} in a config. */
    public static final String GATES = "evaluate.gates";

    public Bars {
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

    /** What a model reached of each bar, in the mean of the folds where there was a cross-validation. */
    public List<Gates.Outcome> outcomes(Measurement measured, Summary summary) {
        CrossValidation folds = measured.folds();
        return folds == null
                ? outcomes(summary)
                : Gates.parse(gates, summary.metrics().keySet()).outcomes(folds.mean());
    }

    /** What a model reached of each bar. */
    public List<Gates.Outcome> outcomes(Summary summary) {
        return Gates.parse(gates, summary.metrics().keySet()).outcomes(summary.metrics());
    }

    /**
     * A measurement of the model in {@code run}, judged by the gates that its config sets; a model folder alone sets none.
     *
     * @throws org.lungo.tensor.CorruptFileException when a file of the run, such as its config, was changed
     */
    public static Judged judge(Path run, Measurement measured, Summary summary) throws IOException {
        Path config = run.resolve(RunFolder.CONFIG);
        Map<String, String> gates = new LinkedHashMap<>();
        if (Files.isRegularFile(config)) {
            Manifest.verify(run); // a bar that was lowered by hand is none
            JsonNode values =
                    new YAMLMapper().readTree(Files.readString(config)).at("/evaluate/gates");
            values.properties()
                    .forEach(gate -> gates.put(gate.getKey(), gate.getValue().asString()));
        }
        return new Judged(measured, summary, new Bars(gates).outcomes(measured, summary));
    }
}
