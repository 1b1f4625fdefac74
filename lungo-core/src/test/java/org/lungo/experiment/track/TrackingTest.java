package org.lungo.experiment.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;

class TrackingTest {
    private static final Map<String, String> CONFIG =
            Map.of("train.epochs", "3", "features.a(b)", "number", "features./x//y:z", "", "weights.a/b", "1");

    @TempDir
    private Path run;

    private final List<String> warnings = new ArrayList<>();
    private final Listener listener = new Listener() {
        @Override
        public void warned(String warning) {
            warnings.add(warning);
        }
    };

    @Test
    void showsEpochsTestAndConfigInTensorBoard() throws IOException {
        train(new Track(true, null), Map.of(), 1, 3, true);
        List<EventReader.Event> events = EventReader.folder(run.resolve("tensorboard"));
        assertThat(events.stream().map(EventReader.Event::step)).containsExactly(0L, 1L, 2L, 3L, 3L);
        assertThat(events.get(2).numbers())
                .containsExactly(
                        Map.entry("loss", 0.5f),
                        Map.entry("val_loss", 0.25f),
                        Map.entry("val_accuracy", 0.75f),
                        Map.entry("learning_rate", 0.125f));
        assertThat(events.get(4).numbers()).containsExactly(Map.entry("test_accuracy", 0.5f));
        assertThat(events.get(4).texts().get("config"))
                .startsWith("text:| key | value |\n|---|---|\n")
                .contains("| train.epochs | 3 |\n");
        assertThat(warnings).isEmpty();
    }

    @Test
    void showsEpochsTestAndConfigInMlflow() throws IOException {
        try (PlayedMlflow server = new PlayedMlflow(PlayedMlflow.Mood.WELL)) {
            train(new Track(false, server.address()), Map.of(), 1, 3, true);
            assertThat(warnings).isEmpty();
            PlayedMlflow.Kept kept = server.runs.get("run1");
            assertThat(kept.name).isEqualTo(run.getFileName() + " of 7");
            assertThat(kept.status).isEqualTo("FINISHED");
            assertThat(kept.metrics)
                    .hasSize(13)
                    .contains("loss@1=0.5", "val_accuracy@3=0.75", "learning_rate@2=0.125", "test_accuracy@3=0.5");
            assertThat(kept.parameters)
                    .containsEntry("train.epochs", "3")
                    .containsEntry("features.a_b_", "number")
                    .containsEntry("features._x__y_z", "")
                    .containsEntry("weights.a_b", "1");
            assertThat(server.authorizations).containsOnly("null");
        }
    }

    @Test
    void appendsWithoutRepeatingWhatIsShown() throws IOException {
        try (PlayedMlflow server = new PlayedMlflow(PlayedMlflow.Mood.WELL)) {
            Track both = new Track(true, server.address());
            train(both, Map.of(), 1, 2, false);
            assertThat(server.runs.get("run1").status).isEqualTo("FAILED");
            train(both, Map.of(), 1, 3, true); // from before the last epochs that were shown
            train(both, Map.of(), 4, 3, true); // a run that has ended
            assertThat(EventReader.folder(run.resolve("tensorboard")).stream().map(EventReader.Event::step))
                    .containsExactly(0L, 1L, 2L, 3L, 3L);
            assertThat(server.runs).hasSize(1);
            assertThat(server.runs.get("run1").metrics).doesNotHaveDuplicates().hasSize(13);
            assertThat(server.runs.get("run1").status).isEqualTo("FINISHED");
            server.runs.clear(); // deleted there
            train(both, Map.of(), 3, 3, true);
            assertThat(server.runs.get("run1").metrics).contains("loss@3=0.5");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void saysWhoAsksAndWritesItNowhere() throws IOException {
        try (PlayedMlflow server = new PlayedMlflow(PlayedMlflow.Mood.WELL)) {
            Track track = new Track(true, server.address());
            train(track, Map.of("MLFLOW_TRACKING_TOKEN", "s3cret\n"), 1, 1, true);
            assertThat(server.authorizations).containsOnly("Bearer s3cret");
            server.authorizations.clear();
            Map<String, String> named = Map.of("MLFLOW_TRACKING_USERNAME", "ann", "MLFLOW_TRACKING_PASSWORD", "s3cret");
            train(track, named, 2, 2, true);
            assertThat(server.authorizations).containsOnly("Basic YW5uOnMzY3JldA==");
            assertThat(warnings).isEmpty();
            train(track, Map.of("MLFLOW_TRACKING_TOKEN", "s3 cret"), 3, 3, true);
            assertThat(warnings)
                    .containsExactly(warning(
                            server, "MLFLOW_TRACKING_TOKEN must be ASCII characters without spaces; set it again"));
        }
        try (var files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("cret")
                        .doesNotContain("YW5u");
            }
        }
    }

    @Test
    void putsRunsIntoTheExperimentOfTheEnvironment() throws IOException {
        try (PlayedMlflow server = new PlayedMlflow(PlayedMlflow.Mood.WELL)) {
            train(new Track(false, server.address()), Map.of("MLFLOW_EXPERIMENT_NAME", "churn & co"), 1, 1, true);
            train(new Track(false, server.address()), Map.of("MLFLOW_EXPERIMENT_NAME", "churn & co"), 1, 1, true);
            assertThat(server.calls)
                    .startsWith("experiments/get-by-name", "experiments/create", "runs/create", "runs/log-batch");
            assertThat(warnings).isEmpty();
        }
    }

    /** Names that become the same stay apart, and requests have the length that MLflow takes. */
    @Test
    void keepsToTheLimitsOfMlflow() throws IOException {
        Map<String, Double> test = new LinkedHashMap<>();
        Map<String, String> config = new LinkedHashMap<>(Map.of("x", "y".repeat(7000)));
        for (String name : List.of("f1 of a/b", "f1 of a:b", "f1 of a_b", "z".repeat(300), "z".repeat(299))) {
            test.put(name, 0.5);
            config.put(name, "1");
        }
        for (int i = 0; i < 2500; i++) {
            test.put("m" + i, i + 0.5);
        }
        test.put("nothing", Double.NaN);
        test.put("endless", Double.POSITIVE_INFINITY);
        try (PlayedMlflow server = new PlayedMlflow(PlayedMlflow.Mood.WELL)) {
            Track track = new Track(false, server.address());
            try (Tracking tracking = new Tracking(track, run, Map.of(), Clock.systemUTC(), listener)) {
                tracking.ended(1, test, config);
            }
            assertThat(warnings).isEmpty();
            PlayedMlflow.Kept kept = server.runs.get("run1");
            assertThat(kept.parameters)
                    .containsKeys("f1 of a_b", "f1 of a_b_2", "f1 of a_b_3", "z".repeat(250), "z".repeat(248) + "_2");
            assertThat(kept.metrics).hasSize(2505).noneMatch(metric -> metric.contains("nothing"));
        }
    }

    @Test
    void takesTheExperimentThatAnotherTrainingMadeMeanwhile() throws IOException {
        try (PlayedMlflow server = new PlayedMlflow(PlayedMlflow.Mood.IS_SHARED)) {
            train(new Track(false, server.address()), Map.of(), 1, 1, true);
            assertThat(warnings).isEmpty();
            assertThat(server.calls)
                    .startsWith(
                            "experiments/get-by-name", "experiments/create", "experiments/get-by-name", "runs/create");
        }
    }

    /** Linux says which files a process holds open. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void closesTheFileOfATensorBoardThatFails() throws IOException {
        Delivery delivery = new Delivery(new TensorBoard(run, Clock.systemUTC()));
        Map<String, String> broken = new HashMap<>();
        broken.put("train.epochs", null);
        delivery.offer(new Tracker.Report(0, 1, Map.of(), broken));
        delivery.close(5000);
        assertThat(delivery.warning()).contains("no longer follows this run");
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            for (Path file : files.filter(Files::isSymbolicLink).toList()) {
                assertThat(opened(file)).doesNotStartWith(run.toRealPath().toString());
            }
        }
    }

    private static String opened(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    @Test
    void aServerThatHangsCostsAWarningAndAMomentAtTheEnd() throws IOException {
        try (PlayedMlflow server = new PlayedMlflow(PlayedMlflow.Mood.HANGS)) {
            assertThat(train(new Track(true, server.address()), Map.of(), 1, 3, true))
                    .isLessThan(Duration.ofMillis(Tracking.PATIENCE_MILLIS + 1000));
            assertThat(warnings).containsExactly(warning(server, "no answer within 2 s"));
        }
        assertThat(EventReader.folder(run.resolve("tensorboard"))).hasSize(5);
    }

    @Test
    void aTrainingDoesNotWaitForAServerThatHangs() throws IOException {
        try (PlayedMlflow server = new PlayedMlflow(PlayedMlflow.Mood.HANGS);
                Tracking tracking =
                        new Tracking(new Track(false, server.address()), run, Map.of(), Clock.systemUTC(), listener)) {
            long start = System.nanoTime();
            for (int epoch = 1; epoch <= 5 * Delivery.CAPACITY; epoch++) {
                tracking.epochEnded(report(epoch));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertThat(warnings).containsExactly(warning(server, "it is too slow, 1000 reports are waiting"));
        }
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aServerThatFailsCostsAWarning() throws IOException {
        try (PlayedMlflow server = new PlayedMlflow(PlayedMlflow.Mood.FAILS)) {
            train(new Track(false, server.address()), Map.of(), 1, 3, true);
            assertThat(warnings)
                    .containsExactly(warning(
                            server, "it answered experiments/get-by-name with 500: INTERNAL_ERROR the disk is full"));
        }
    }

    @Test
    void anotherServerCostsAWarning() throws IOException {
        try (PlayedMlflow server = new PlayedMlflow(PlayedMlflow.Mood.IS_SOMETHING_ELSE)) {
            train(new Track(false, server.address()), Map.of(), 1, 3, true);
            assertThat(warnings)
                    .containsExactly(warning(
                            server,
                            "it answered experiments/get-by-name with something other than JSON; is it an MLflow"
                                    + " server?"));
        }
    }

    @Test
    void aServerThatIsNotThereCostsAWarning() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        train(new Track(false, "http://127.0.0.1:" + port), Map.of(), 1, 3, true);
        assertThat(warnings)
                .containsExactly("MLflow at http://127.0.0.1:" + port
                        + " no longer follows this run: no connection; the run goes on");
    }

    @Test
    void aFolderThatCannotBeWrittenCostsAWarning() throws IOException {
        Path place = Files.createFile(run.resolve("tensorboard"));
        train(new Track(true, null), Map.of(), 1, 3, true);
        assertThat(warnings)
                .containsExactly("TensorBoard in " + place + " no longer follows this run:"
                        + " FileAlreadyExistsException " + place + "; the run goes on");
    }

    private static String warning(PlayedMlflow server, String reason) {
        return "MLflow at " + server.address().replaceAll("/$", "") + " no longer follows this run: " + reason
                + "; the run goes on";
    }

    /** How long it took. */
    private Duration train(Track track, Map<String, String> environment, int from, int to, boolean ends) {
        long start = System.nanoTime();
        try (Tracking tracking = new Tracking(track, run, environment, Clock.systemUTC(), listener)) {
            for (int epoch = from; epoch <= to; epoch++) {
                tracking.epochEnded(report(epoch));
            }
            if (ends) {
                tracking.ended(to, Map.of("accuracy", 0.5), new LinkedHashMap<>(CONFIG));
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static EpochReport report(int epoch) {
        return new EpochReport(epoch, 10L * epoch, 0.5, 0.25, 0.125, true, Map.of("val_accuracy", 0.75));
    }
}
