package org.lungo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lungo.train.Listener;

/** A run that has ended, or was cut off while it wrote its model. */
public final class FinishedRun {
    private FinishedRun() {}

    /** Started again, it must end as it did; what a cut-off run left of a model must not get in the way. */
    public static void canBeStartedAgain(Run<?, ?> study, Path run) throws IOException {
        String manifest = Files.readString(run.resolve("manifest.json"));
        Files.createDirectories(run.resolve(".model.writing"));
        Files.writeString(run.resolve(".model.writing/model.safetensors"), "half of it");
        Files.writeString(run.resolve("model/left.over"), "");
        assertThat(study.into(run, Listener.NONE).toText()).doesNotContain("NaN");
        assertThat(Files.readString(run.resolve("manifest.json"))).isEqualTo(manifest);
        assertThat(Files.readString(run.resolve("run.json"))).doesNotContain("NaN");
        assertThat(run.resolve(".model.writing")).doesNotExist();
    }
}
