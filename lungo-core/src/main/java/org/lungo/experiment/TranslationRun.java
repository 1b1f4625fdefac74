package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Inspection;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.translation.TranslationBundle;
import org.lungo.train.Checkpoints;
import org.lungo.train.EpochReport;
import org.lungo.train.TrainingState;
import tools.jackson.databind.json.JsonMapper;

/** What the training of a model that translates leaves behind: the folder of a run, as that of a table's. */
record TranslationRun(Path folder, Provenance provenance) {
    private static final JsonMapper JSON = new JsonMapper();

    Checkpoints checkpoints() {
        return new Checkpoints(folder.resolve("checkpoints"));
    }

    void write(TranslationBundle bundle, TranslationExperiment.Result result) throws IOException {
        bundle.save(folder.resolve("model"));
        StringBuilder lines = new StringBuilder();
        TrainingState state = result.state();
        for (EpochReport report : state.history()) {
            lines.append(JSON.writeValueAsString(report)).append('\n');
        }
        Files.writeString(folder.resolve("metrics.jsonl"), lines);
        Files.writeString(folder.resolve(RunFolder.METRICS), result.toJson() + "\n");
        Map<String, @Nullable Object> run = provenance.begun();
        run.put("epochs", state.epoch());
        run.put("best_epoch", state.bestEpoch());
        run.put("steps", state.step());
        run.put("parameters", result.parameters());
        run.put("tokens_per_second", result.speed().tokensPerSecond());
        run.put("gemm_flops", result.speed().gemmRate());
        run.put("mfu", result.speed().mfu());
        run.put("notes", result.notes());
        Files.writeString(folder.resolve(Inspection.RUN), RunFolder.pretty(run));
        Manifest.write(folder, Set.of(Inspection.RUN));
    }
}
