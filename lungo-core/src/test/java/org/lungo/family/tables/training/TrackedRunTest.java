package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.Manifest;
import org.lungo.experiment.Study;
import org.lungo.experiment.config.ConfigException;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.track.Track;
import org.lungo.family.Studies;
import org.lungo.family.tables.Inspection;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;

/** The section {@code track} of a config, which no result depends on. */
class TrackedRunTest {
    private static final String NOWHERE = "track.mlflow=http://127.0.0.1:1";

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path data;

    @BeforeEach
    void write() throws IOException {
        StringBuilder text = new StringBuilder("x,answer\n");
        for (int row = 0; row < 200; row++) {
            text.append(Math.sin(row)).append(Math.sin(row) < 0.3 ? ",yes\n" : ",no\n");
        }
        data = Files.writeString(folder.resolve("rows.csv"), text);
    }

    @Test
    void aTrackedRunIsTheSameBytes() throws IOException {
        Path plain = train("plain", 0);
        Path tracked = train("tracked", 0, "track.tensorboard=true", NOWHERE);
        assertThat(warnings)
                .containsExactly(
                        "MLflow at http://127.0.0.1:1 no longer follows this run: no connection; the run goes on");
        assertThat(tracked.resolve("tensorboard")).isNotEmptyDirectory();
        assertThat(Files.readString(tracked.resolve("manifest.json")))
                .isEqualTo(Files.readString(plain.resolve("manifest.json")));
        Manifest.verify(tracked);
        assertThat(Inspection.of(tracked).unlisted()).isEmpty();
    }

    /** It stops in its third epoch, and goes on with other trackers; the values of an epoch are shown once. */
    @Test
    void aRunIsResumedWithOtherTrackers() throws IOException {
        assertThatThrownBy(() -> train("cut", 3, "track.tensorboard=true", NOWHERE))
                .hasMessage("stopped");
        Path cut = train("cut", 0, "track.tensorboard=true");
        Path plain = train("plain", 0);
        assertThat(Files.readString(cut.resolve("manifest.json")))
                .isEqualTo(Files.readString(plain.resolve("manifest.json")));
        try (var files = Files.list(cut.resolve("tensorboard"))) {
            Path events = files.toList().get(0);
            String text = new String(Files.readAllBytes(events), StandardCharsets.ISO_8859_1);
            assertThat(text.split("val_accuracy", -1)).hasSize(1 + 5);
            assertThat(text).contains("test_accuracy").contains("| train.epochs | 5 |");
        }
    }

    @Test
    void everyFamilyHasTheSection() {
        for (Study<?, ?> study : Studies.all()) {
            ConfigFile<?> file = study.reference().file();
            assertThat(file.schema("x")).contains("\"track\"");
            assertThat(file.reference("x")).contains("| `track.mlflow` | text | `null` |");
            var resolved =
                    file.read("x.yaml", "track: {tensorboard: true, mlflow: https://mlflow.example.org/a}", List.of());
            assertThat(resolved.track()).isEqualTo(new Track(true, "https://mlflow.example.org/a"));
            assertThat(resolved.listing()).containsPattern("track.tensorboard +true +line 1");
            assertThat(resolved.isSaidBy("{}")).isTrue();
            assertThat(resolved.isSaidBy("seed: 7")).isFalse();
        }
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (String address : List.of("localhost:5000", "ftp://host", "http://", "5000", "http://h/?a=1", "a b")) {
            assertThatThrownBy(() -> read("mlflow: '" + address + "'"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("x.yaml:2:")
                    .hasMessageContaining("track.mlflow must be the http or https address of an MLflow tracking server,"
                            + " such as http://localhost:5000. Received: " + address);
        }
    }

    @Test
    void refusesAnAddressWithAPassword() {
        assertThatThrownBy(() -> read("mlflow: http://ann:s3cret@host:5000"))
                .hasMessageContaining("track.mlflow must be an address without name and password; put them into the"
                        + " environment variables MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
        for (String password : List.of("s3cret", "s3 cret", "s3/cret", "s3@cret")) {
            assertThatThrownBy(() -> read("mlflow: 'http://ann:" + password + "@host:5000'"))
                    .hasMessageContaining("mlflow: 'http://***@host:5000'")
                    .hasMessageNotContaining("cret");
            List<String> flag = List.of("track.mlflow=http://ann:" + password + "@host");
            assertThatThrownBy(() -> TableConfig.FILE.read("x.yaml", "seed: 1", flag))
                    .hasMessageContaining("track.mlflow=http://***@host: error")
                    .hasMessageNotContaining("cret");
        }
        assertThatThrownBy(() -> new Track(false, "http://ann:s3 cret@host"))
                .hasMessageEndingWith("Received: http://***@host");
    }

    @Test
    void refusesOtherKeys() {
        assertThatThrownBy(() -> read("tensorbord: true"))
                .hasMessageContaining("unknown key 'tensorbord' in 'track'; did you mean 'tensorboard'?");
        assertThatThrownBy(() -> read("tensorboard: yes please"))
                .hasMessageContaining("'track.tensorboard' must be true or false. Received: \"yes please\"");
    }

    private static void read(String line) {
        TableConfig.FILE.read("x.yaml", "track:\n  " + line, List.of());
    }

    private Path train(String name, int stop, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of("train.epochs=5", "model.members=1", "train.early_stop.patience=0"));
        all.addAll(List.of(settings));
        Path run = folder.resolve(name);
        TableStudy.run(data.toString(), "answer", all.toArray(String[]::new)).into(run, new Listener() {
            @Override
            public void warned(String warning) {
                warnings.add(warning);
            }

            @Override
            public void epochEnded(EpochReport report) {
                if (report.epoch() == stop) {
                    throw new IllegalStateException("stopped");
                }
            }
        });
        return run;
    }
}
