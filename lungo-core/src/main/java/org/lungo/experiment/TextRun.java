package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Inspection;
import org.lungo.deploy.Manifest;
import org.lungo.train.Checkpoints;
import org.lungo.train.EpochReport;
import org.lungo.train.TrainingState;
import tools.jackson.databind.json.JsonMapper;

/** What the training of a model of texts leaves behind: the folder of a run, as that of a table's. */
record TextRun(Path folder, Provenance provenance) {
    private static final JsonMapper JSON = new JsonMapper();

    Checkpoints checkpoints() {
        return new Checkpoints(folder.resolve("checkpoints"));
    }

    Path model() {
        return folder.resolve("model");
    }

    /**
     * Writes all but the model, which must be there already.
     *
     * @param figures what {@code run.json} holds beside where the run comes from and how long it trained
     */
    void write(Study.Outcome outcome, TrainingState state, Map<String, Object> figures) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (EpochReport report : state.history()) {
            lines.append(JSON.writeValueAsString(report)).append('\n');
        }
        Files.writeString(folder.resolve("metrics.jsonl"), lines);
        Files.writeString(folder.resolve(RunFolder.METRICS), outcome.toJson() + "\n");
        Map<String, @Nullable Object> run = provenance.begun();
        run.put("epochs", state.epoch());
        run.put("best_epoch", state.bestEpoch());
        run.put("steps", state.step());
        run.putAll(figures);
        Files.writeString(folder.resolve(Inspection.RUN), RunFolder.pretty(run));
        Manifest.write(folder, Set.of(Inspection.RUN));
    }
}
