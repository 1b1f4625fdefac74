package org.lungo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.train.Listener;

/** A serving process under what happens in production. Larger counts: {@code -Dlungo.fuzz=200000 -Dlungo.sigterms=20}. */
@Tag("slow")
class ServingTest {
    private static final Logger LOG = Logger.getLogger(ServingTest.class.getName());

    @TempDir
    private static Path folder;

    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        StringBuilder text = new StringBuilder("age,plan,since,churn\n");
        for (int i = 0; i < 300; i++) {
            text.append(18 + i % 60)
                    .append(i % 3 == 0 ? ",gold," : ",basic,")
                    .append("2020-01-")
                    .append(10 + i % 18);
            text.append(i % 60 > 30 ? ",yes\n" : ",no\n");
        }
        Path data = Files.writeString(folder.resolve("data.csv"), text);
        run = folder.resolve("churn");
        TableStudy.run(data.toString(), "churn", "train.epochs=2", "model.hidden=[8]", "evaluate.importance=false")
                .into(run, Listener.NONE);
    }

    /** What the access log says was answered has arrived, to the last request. */
    @Test
    void losesNoAcceptedRequestWhenItIsTerminatedUnderLoad() throws Exception {
        for (int i = 0; i < Integer.getInteger("lungo.sigterms", 2); i++) {
            Path log = folder.resolve("access" + i + ".log");
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            try (ServerProcess server = ServerProcess.serve(run.toString(), "--access-log", log.toString())) {
                byte[] request = Connection.post("/v1/models/churn:predict", ServingLoad.body(run));
                ExecutorService callers = Executors.newFixedThreadPool(8);
                List<Future<?>> ends = new ArrayList<>();
                for (int c = 0; c < 8; c++) {
                    ends.add(callers.submit(() -> call(new Connection(server.port(), request), stop, answered)));
                }
                while (answered.get() < 20 + 10 * i) {
                    Thread.sleep(5);
                }
                assertThat(server.terminate()).as("exit code").isZero();
                stop.set(true);
                for (Future<?> end : ends) {
                    end.get(10, TimeUnit.SECONDS);
                }
                callers.shutdown();
            }
            long logged = Files.readAllLines(log).stream()
                    .filter(line -> line.contains("\"status\":200"))
                    .count();
            assertThat(answered.get()).isEqualTo((int) logged).isPositive();
        }
    }

    private static void call(Connection connection, AtomicBoolean stop, AtomicInteger answered) {
        while (!stop.get()) {
            try {
                int status = connection.send();
                if (status == 200) {
                    answered.incrementAndGet();
                } else {
                    assertThat(status).isEqualTo(503);
                }
            } catch (IOException e) {
                return; // the connection, or the server, is closed
            }
        }
    }

    @Test
    void letsPagesOfTheOriginsAskThatAreListed() throws Exception {
        String[] flags = {
            "--allow-origin", "https://a.example,http://b.example:3000", "--allow-origin", "http://c.example"
        };
        try (ServerProcess server = ServerProcess.serve(
                Stream.concat(Stream.of(run.toString()), Stream.of(flags)).toArray(String[]::new))) {
            for (String origin : List.of("https://a.example", "http://b.example:3000", "http://c.example")) {
                HttpResponse<Void> answer = list(server, origin);
                assertThat(answer.statusCode()).as(origin).isEqualTo(200);
                assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                        .contains(origin);
            }
            assertThat(list(server, "http://a.example").statusCode()).isEqualTo(403);
        }
    }

    /**
     * libtorch, JavaCPP and NNPACK have written there: a line for each convolution of a text, on some processors. What the
     * server itself logs when it has loaded a model stands there, too.
     */
    @Test
    void nobodyElseWritesToStandardErrorForATextModel() throws Exception {
        Path reviews = Path.of("").toAbsolutePath().getParent().resolve("examples/reviews.csv");
        Path texts = folder.resolve("reviews");
        TableStudy.run(reviews.toString(), "label", "train.epochs=1", "evaluate.importance=false")
                .into(texts, Listener.NONE);
        try (ServerProcess server = ServerProcess.serve(texts.toString())) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/models/reviews:predict"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(ServingLoad.body(texts)))
                    .build();
            for (int i = 0; i < 20; i++) {
                HttpResponse<String> answer =
                        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
            assertThat(server.terminate()).isZero();
            assertThat(server.errors().lines())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains(" INFO org.lungo.server.registry.Models - loaded reviews version 1 from ");
        }
    }

    private static HttpResponse<Void> list(ServerProcess server, String origin) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/models"))
                .header("Origin", origin)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    @Test
    void isNotImpressedByNonsense() throws Exception {
        int count = Integer.getInteger("lungo.fuzz", 6000);
        long seed = Long.getLong("lungo.seed", 1);
        String row = "{\"age\":41,\"plan\":\"gold\",\"since\":\"2020-01-05\"}";
        String infer = "{\"id\":\"1\",\"inputs\":[{\"name\":\"age\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[41]},"
                + "{\"name\":\"plan\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"data\":[[\"gold\"]]},"
                + "{\"name\":\"since\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"2020-01-05\"]}],"
                + "\"outputs\":[{\"name\":\"label\"}]}";
        List<String[]> requests = List.of(
                new String[] {"POST", "/v1/models/churn:predict", "{\"instances\":[" + row + "]}"},
                new String[] {"POST", "/v1/models/churn:predict", "{\"instances\":[" + row + "," + row + "]}"},
                new String[] {"POST", "/v1/models/churn/versions/1:predict", "{\"instances\":[{}]}"},
                new String[] {"POST", "/v1/models/churn:explain", "{\"instances\":[{}]}"},
                new String[] {"POST", "/v2/models/churn/infer", infer},
                new String[] {"POST", "/v2/models/churn/versions/1/infer", infer},
                new String[] {"POST", "/v2/repository/index", "{}"},
                new String[] {"POST", "/v2/repository/models/none/load", "{}"},
                new String[] {"POST", "/v2/repository/models/none/unload", "{\"version\":1}"},
                new String[] {"POST", "/v2/repository/models/churn/rollback", "{}"},
                new String[] {"GET", "/v1/models", ""},
                new String[] {"GET", "/v1/models/churn", ""},
                new String[] {"GET", "/v1/models/churn/report", ""},
                new String[] {"GET", "/v2/models/churn/versions/1/ready", ""},
                new String[] {"GET", "/v2/health/ready", ""},
                new String[] {"GET", "/metrics", ""},
                new String[] {"GET", "/", ""});
        try (ServerProcess server = ServerProcess.serve(run.toString(), "--max-body", "100000")) {
            Fuzzer first = new Fuzzer(server.port(), requests, seed);
            Fuzzer second = new Fuzzer(server.port(), requests, seed + 1);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Future<?>> ends = new ArrayList<>();
            for (Fuzzer fuzzer : List.of(first, second)) {
                ends.add(threads.submit(() -> {
                    fuzzer.run(count / 2);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            threads.shutdown();
            LOG.info(() -> "statuses " + first.codes() + " and " + second.codes());
            assertThat(first.findings()).isEmpty();
            assertThat(second.findings()).isEmpty();
            assertThat(first.codes()).containsKeys(200, 400, 404);
            assertThat(server.terminate()).isZero();
        }
    }
}
