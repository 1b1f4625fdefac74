package org.lungo.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Engine;
import tools.jackson.databind.JsonNode;

/** Models that come, change and go while a server runs. */
class LifecycleTest {
    private static final String ROW = "{\"instances\":[{\"age\":41,\"plan\":\"gold\"}]}";

    /** Two runs that answer differently. */
    @TempDir
    private static Path runs;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws IOException {
        TrainedModels.run(runs.resolve("one"), "churn", "seed=1");
        TrainedModels.run(runs.resolve("two"), "churn", "seed=2");
    }

    @Test
    void servesTheNewestVersionAndRollsBack() throws Exception {
        copy("one", "churn-001");
        copy("two", "churn-002");
        copy("one", "other");
        try (ModelServer server = server(60_000)) {
            Caller caller = Caller.of(server);
            String newest = answer(caller, "churn");
            assertThat(caller.get("/v2/models/churn").json().get("versions").toString())
                    .isEqualTo("[\"1\",\"2\"]");
            String first = answer(caller, "churn/versions/1");
            assertThat(first).isNotEqualTo(newest).isEqualTo(answer(caller, "other"));
            assertThat(caller.post("/v2/repository/models/churn/rollback", "")
                            .json()
                            .get("version")
                            .asInt())
                    .isEqualTo(1);
            assertThat(answer(caller, "churn")).isEqualTo(first);
            Caller.Reply again = caller.post("/v2/repository/models/churn/rollback", "");
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.error()).contains("no earlier version of churn is loaded");
        }
    }

    @Test
    void unloadsAndLoadsAgain() throws Exception {
        copy("one", "churn-001");
        copy("two", "churn-002");
        try (ModelServer server = server(60_000)) {
            Caller caller = Caller.of(server);
            String newest = answer(caller, "churn");
            caller.post("/v2/repository/models/churn/unload", "{\"version\":2}");
            assertThat(answer(caller, "churn")).isNotEqualTo(newest);
            caller.post("/v2/repository/models/churn/unload", "");
            assertThat(caller.post("/v1/models/churn:predict", ROW).status()).isEqualTo(404);
            assertThat(caller.get("/v2/health/ready").status()).isEqualTo(503);
            assertThat(caller.post("/v2/repository/models/churn/load", "").status())
                    .isEqualTo(200);
            assertThat(answer(caller, "churn")).isEqualTo(newest);
            JsonNode index = caller.post("/v2/repository/index", "").json();
            assertThat(index).hasSize(2);
            assertThat(index.get(1).get("current").asBoolean()).isTrue();
        }
    }

    @Test
    void seesWhatComesAndGoesInAWatchedFolder() throws Exception {
        copy("one", "churn-001");
        try (ModelServer server = server(50)) {
            Caller caller = Caller.of(server);
            String first = answer(caller, "churn");
            copy("two", "churn-002");
            waitUntil(() -> !answer(caller, "churn").equals(first));
            delete(folder.resolve("churn-002"));
            waitUntil(() -> answer(caller, "churn").equals(first));
            copy("two", "late");
            waitUntil(() -> caller.get("/v2/models/late/ready").status() == 200);
        }
    }

    @Test
    void aModelThatCannotBeLoadedLeavesTheOldOneServing() throws Exception {
        copy("one", "churn-001");
        try (ModelServer server = server(50)) {
            Caller caller = Caller.of(server);
            String first = answer(caller, "churn");
            copy("two", "broken");
            Path weights = folder.resolve("broken/model/model.safetensors");
            byte[] bytes = Files.readAllBytes(weights);
            bytes[bytes.length - 1] ^= 1;
            Files.write(weights, bytes);
            Files.move(folder.resolve("broken"), folder.resolve("churn-002"));
            waitUntil(() -> caller.get("/metrics").text().contains("lungo_reload_total{result=\"failure\"} 1.0"));
            assertThat(answer(caller, "churn")).isEqualTo(first);
            assertThat(caller.post("/v2/repository/models/churn/load", "").status())
                    .isEqualTo(409);
            assertThat(answer(caller, "churn")).isEqualTo(first);
        }
    }

    @Test
    void refusesToStartWithADamagedModel() throws Exception {
        copy("one", "churn-001");
        Files.writeString(folder.resolve("churn-001/model/golden.json"), "{}");
        assertThatThrownBy(() -> server(60_000))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("golden.json was changed");
    }

    /** Every request is answered, by one of the two models, while they replace each other. */
    @Test
    void losesNoRequestWhenModelsAreReplacedUnderLoad() throws Exception {
        copy("one", "churn-001");
        int reloads = Integer.getInteger("lungo.reloads", 12);
        try (ModelServer server = server(60_000)) {
            Caller caller = Caller.of(server);
            String one = answer(caller, "churn");
            replace("two");
            caller.post("/v2/repository/models/churn/load", "");
            String two = answer(caller, "churn");
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            ExecutorService callers = Executors.newFixedThreadPool(4);
            List<Future<?>> load = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                load.add(callers.submit(() -> {
                    while (!stop.get()) {
                        assertThat(answer(caller, "churn")).isIn(one, two);
                        answered.incrementAndGet();
                    }
                    return null;
                }));
            }
            long tensors = 0;
            for (int i = 0; i < reloads; i++) {
                replace(i % 2 == 0 ? "one" : "two");
                assertThat(caller.post("/v2/repository/models/churn/load", "").status())
                        .isEqualTo(200);
                if (i == 1) {
                    tensors = settled();
                }
            }
            stop.set(true);
            for (Future<?> each : load) {
                each.get();
            }
            callers.shutdown();
            assertThat(answered.get()).isGreaterThan(reloads);
            assertThat(settled()).as("live tensors").isLessThanOrEqualTo(tensors);
        }
    }

    /** Live tensors once the models that were replaced are freed. */
    private static long settled() throws InterruptedException {
        long least = Engine.liveTensors();
        for (int i = 0; i < 50; i++) {
            Thread.sleep(10);
            least = Math.min(least, Engine.liveTensors());
        }
        return least;
    }

    @Test
    void answersWhatItHasLetInAndRefusesTheRestWhenItStops() throws Exception {
        copy("one", "churn-001");
        ModelServer server = server(60_000);
        Caller caller = Caller.of(server);
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            callers.submit(() -> {
                while (true) {
                    Caller.Reply reply = caller.post("/v1/models/churn:predict", ROW); // ends with the connection
                    (reply.status() == 200 ? answered : refused).incrementAndGet();
                    assertThat(reply.status()).isIn(200, 503);
                }
            });
        }
        waitUntil(() -> answered.get() > 50);
        server.close();
        callers.shutdownNow();
        assertThatThrownBy(() -> caller.get("/v2")).isInstanceOf(IOException.class);
        assertThat(Engine.liveTensors()).isZero();
    }

    /** Connections that are kept open after an answer are not waited for: they used to outlast a drain time of a second. */
    @Test
    void stopsAtOnceWhenAllIsAnswered() throws Exception {
        for (int i = 0; i < 3; i++) {
            ModelServer server = TrainedModels.serve(runs.resolve("one"));
            try (Socket kept = new Socket("127.0.0.1", URI.create(server.url()).getPort())) {
                kept.getOutputStream().write("GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
                assertThat(kept.getInputStream().read()).isEqualTo('H');
                long start = System.nanoTime();
                server.close();
                assertThat(System.nanoTime() - start).isLessThan(900_000_000L);
            }
        }
    }

    /** A request that never arrives in full holds a server up for the drain time, a second here, and no longer. */
    @Test
    void stopsAfterTheDrainTimeWhateverCallersDo() throws Exception {
        ModelServer server = TrainedModels.serve(runs.resolve("one"));
        try (Socket slow = new Socket("127.0.0.1", URI.create(server.url()).getPort())) {
            String head = "POST /v1/models/churn:predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{";
            slow.getOutputStream().write(head.getBytes(US_ASCII));
            Thread.sleep(200);
            long start = System.nanoTime();
            server.close();
            assertThat(System.nanoTime() - start).isBetween(900_000_000L, 1_900_000_000L);
        }
    }

    @Test
    void twoFoldersForOneVersionAreAMistake() throws Exception {
        copy("one", "churn-001");
        copy("two", "churn-1");
        assertThatThrownBy(() -> server(60_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two folders hold churn version 1")
                .hasMessageContaining("name one with NAME=FOLDER");
        assertThatThrownBy(() -> Place.parse(folder.resolve("none").toString()))
                .hasMessageContaining("no folder")
                .hasMessageContaining("name a run folder");
        assertThatThrownBy(() ->
                        Place.parse(folder.resolve("churn-001/checkpoints").toString()))
                .hasMessageContaining("no model in");
    }

    private ModelServer server(long watchMillis) throws IOException {
        ServerConfig config =
                new ServerConfig("127.0.0.1", 0, ServerConfig.Security.OPEN, Limits.DEFAULTS, 10, watchMillis, null);
        return ModelServer.start(config, List.of(Place.parse(folder.toString())), c -> c);
    }

    private static String answer(Caller caller, String model) throws IOException, InterruptedException {
        Caller.Reply reply = caller.post("/v1/models/" + model + ":predict", ROW);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        // Passes of different sizes round differently in the seventh digit.
        double probability = reply.json().at("/predictions/0/probabilities/yes").asDouble();
        return String.format("%.4f", probability);
    }

    private void replace(String run) throws IOException {
        copy(run, ".next");
        Files.move(folder.resolve("churn-001"), folder.resolve(".old"));
        Files.move(folder.resolve(".next"), folder.resolve("churn-001"));
        delete(folder.resolve(".old"));
    }

    private void copy(String run, String name) throws IOException {
        Path from = runs.resolve(run);
        Path to = folder.resolve("." + name + ".copying");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        Files.move(to, folder.resolve(name));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void waitUntil(Condition condition) throws Exception {
        for (int i = 0; i < 600; i++) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("it did not happen within 30 seconds");
    }
}
