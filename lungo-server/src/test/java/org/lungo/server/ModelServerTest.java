package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.family.tables.Prediction;
import org.lungo.family.tables.Predictor;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One server with a model of every kind of answer, asked in every way. */
class ModelServerTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder;

    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void start() throws IOException {
        List<Place> places = new ArrayList<>();
        for (String target : List.of("churn", "plan", "price", "a,b")) {
            String name = target.replace(',', '-');
            TrainedModels.run(folder.resolve(name), target);
            places.add(Place.parse(name + "=" + folder.resolve(name)));
        }
        ServerConfig config = new ServerConfig(
                "127.0.0.1", 0, ServerConfig.Security.OPEN, new Limits(1 << 20, 64, 1000), 10, 60_000, null);
        server = ModelServer.start(config, places, c -> c);
        caller = Caller.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersAsThePredictorDoes() throws Exception {
        for (String name : List.of("churn", "plan", "price", "a-b")) {
            Predictor predictor = Predictor.load(folder.resolve(name));
            List<Map<String, Object>> rows = new ArrayList<>();
            predictor.golden().rows().forEach(row -> rows.add(new LinkedHashMap<>(row)));
            Caller.Reply reply =
                    caller.post("/v1/models/" + name + ":predict", JSON.writeValueAsString(Map.of("instances", rows)));
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            List<Prediction> expected = predictor.predict(rows);
            for (int i = 0; i < rows.size(); i++) {
                JsonNode found = reply.json().get("predictions").get(i);
                assertThat(found).as(name).isEqualTo(JSON.readTree(JSON.writeValueAsString(expected.get(i))));
            }
        }
    }

    /** Passes of different sizes round differently: FLOAT32 probabilities agree to 1e-6. */
    @Test
    void answersTheSameBatchedOrNot() throws Exception {
        probability(18);
        String count = "lungo_batch_size_count\\{model=\"churn\",version=\"1\"}";
        double before = number(count);
        ExecutorService callers = Executors.newFixedThreadPool(32);
        List<Future<Double>> answers = new ArrayList<>();
        for (int i = 0; i < 320; i++) {
            int age = 18 + i % 60;
            answers.add(callers.submit(() -> probability(age)));
        }
        Predictor predictor = Predictor.load(folder.resolve("churn"));
        for (int i = 0; i < 320; i++) {
            double alone = predictor
                    .predict(Map.of("age", 18 + i % 60, "plan", "gold"))
                    .probabilities()
                    .get("yes");
            assertThat(answers.get(i).get()).isCloseTo(alone, within(1e-6));
        }
        callers.shutdown();
        double passes = number(count) - before;
        assertThat(passes).as("fewer passes than requests").isLessThan(320);
    }

    private static double probability(int age) throws Exception {
        Caller.Reply reply =
                caller.post("/v1/models/churn:predict", "{\"instances\":[{\"age\":" + age + ",\"plan\":\"gold\"}]}");
        return reply.json().at("/predictions/0/probabilities/yes").asDouble();
    }

    private static double number(String pattern) throws Exception {
        var matcher = java.util.regex.Pattern.compile("(?m)^" + pattern + " (\\S+)$")
                .matcher(caller.get("/metrics").text());
        assertThat(matcher.find()).as(pattern).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    @Test
    void speaksTheOpenInferenceProtocol() throws Exception {
        assertThat(caller.get("/v2").json().get("name").asString()).isEqualTo("lungo");
        assertThat(caller.get("/v2/health/live").status()).isEqualTo(200);
        assertThat(caller.get("/v2/health/ready").json().get("ready").asBoolean())
                .isTrue();
        assertThat(caller.get("/v2/models/churn/versions/1/ready").status()).isEqualTo(200);
        JsonNode metadata = caller.get("/v2/models/churn").json();
        assertThat(metadata.get("inputs").toString())
                .contains("{\"name\":\"age\",\"datatype\":\"FP64\",\"shape\":[-1]}")
                .contains("{\"name\":\"plan\",\"datatype\":\"BYTES\",\"shape\":[-1]}");
        assertThat(metadata.at("/outputs/1").toString())
                .isEqualTo(
                        "{\"name\":\"probabilities\",\"datatype\":\"FP64\",\"shape\":[-1,2],\"classes\":[\"no\",\"yes\"]}");
        String inputs = """
                {"name":"age","shape":[2,1],"datatype":"INT32","data":[[41],[20]]},
                {"name":"plan","shape":[2],"datatype":"BYTES","data":["gold",null]},
                {"name":"since","shape":[2],"datatype":"BYTES","data":["2020-01-01","2021-02-03"]},
                {"name":"price","shape":[2],"datatype":"FP32","data":[30.5,40]},
                {"name":"a","shape":[2],"datatype":"BYTES","data":["yes","no"]},
                {"name":"b","shape":[2],"datatype":"BYTES","data":["no","no"]}""";
        Caller.Reply reply =
                caller.post("/v2/models/churn/versions/1/infer", "{\"id\":\"7\",\"inputs\":[" + inputs + "]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().get("id").asString()).isEqualTo("7");
        assertThat(reply.json().at("/outputs/1/shape").toString()).isEqualTo("[2,2]");
        double sum = reply.json().at("/outputs/1/data/0").asDouble()
                + reply.json().at("/outputs/1/data/1").asDouble();
        assertThat(sum).isCloseTo(1, within(1e-6));
        Caller.Reply one = caller.post(
                "/v2/models/churn/infer", "{\"inputs\":[" + inputs + "],\"outputs\":[{\"name\":\"label\"}]}");
        assertThat(one.json().get("outputs")).hasSize(1);
        assertThat(caller.post("/v2/models/churn/infer", "{\"inputs\":[" + inputs + "],\"outputs\":[{\"name\":\"x\"}]}")
                        .error())
                .isEqualTo("unknown output 'x'. Outputs: [label, probabilities]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"instances":[{"age":NaN}]}                  | 400 | not valid JSON
            {"instances":[{"age":1e999}]}                | 400 | row 1: field 'age' must be a finite number
            {"instances":[{"age":1},{"age":"old"}]}      | 400 | row 2: column 'age' must hold a number. Received: 'old'
            {"instances":[{"aeg":1}]}                    | 400 | row 1: unknown field 'aeg'; did you mean 'age'?
            {"instances":[{"age":1,"age":2}]}            | 400 | Duplicate
            {"instances":[{"age":[1]}]}                  | 400 | must be a text, a number, true, false or null. Received: a list
            {"instances":[{"age":true}]}                 | 400 | row 1: column 'age' must hold a number. Received: true
            {"instances":[{"since":false}]}              | 400 | row 1: column 'since' must hold a date. Received: false
            {"instances":true}                           | 400 | instances must be a list. Received: a truth value
            {"instances":[true]}                         | 400 | row 1 must be an object. Received: a truth value
            {"instances":[{"since":"soon"}]}             | 400 | row 1: column 'since' must hold a date
            {"instances":[{"since":1e200}]}              | 400 | row 1: column 'since' must hold a date
            {"instances":[]}                             | 400 | Received: none
            {"instances":{}}                             | 400 | instances must be a list. Received: an object
            {"rows":[]}                                  | 400 | unknown field 'rows'
            []                                           | 400 | Received: a list
            {"instances":[{}]} 1                         | 400 | nothing may follow
            {"instances":[{}]                            | 400 | expected close marker for Object (line 1, column
            {                                            | 400 | expected close marker for Object (line 1, column
            """)
    void saysWhatIsWrongWithABody(String body, int status, String message) throws Exception {
        Caller.Reply reply = caller.post("/v1/models/churn:predict", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.error()).contains(message).doesNotContain("Source:", "StreamReadFeature");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"inputs":[]}                                                               | inputs must be a list
            {"inputs":[{"name":"age","shape":[1],"datatype":"INT","data":[1]}]}         | datatype must be one of
            {"inputs":[{"name":"age","shape":[2],"datatype":"FP64","data":[1]}]}        | the shape asks for 2 values. Received: 1
            {"inputs":[{"name":"age","shape":[1],"datatype":"INT8","data":[300]}]}      | value 1 must be INT8. Received: 300
            {"inputs":[{"name":"age","shape":[1],"datatype":"FP64","data":["x"]}]}      | value 1 must be FP64. Received: x
            {"inputs":[{"name":"age","shape":[1,2],"datatype":"FP64","data":[1,2]}]}    | shape must be [rows] or [rows, 1]
            {"inputs":[{"name":"ag","shape":[1],"datatype":"FP64","data":[1]}]}         | unknown input 'ag'; did you mean 'age'?
            {"inputs":[{"name":"age","shape":[1],"datatype":"FP64","data":[1]}]}        | input 'plan' is missing
            {"inputs":[{"name":"age","shape":[1],"datatype":"FP64","data":[true]}]}     | value 1 must be FP64. Received: true
            {"inputs":[{"name":"age","shape":[1],"datatype":"BOOL","data":[1]}]}        | value 1 must be BOOL. Received: 1
            {"inputs":[{"name":"age","shape":[1],"datatype":"BYTES","data":[1]}]}       | value 1 must be BYTES. Received: 1
            {"inputs":[{"name":"age","shape":[true],"datatype":"FP64","data":[1]}]}     | shape must be [rows] or [rows, 1]
            {"inputs":[{"name":true,"shape":[1],"datatype":"FP64","data":[1]}]}         | the name of an input must be a text. Received: a truth value
            {"inputs":[{"name":"age","shape":[1],"datatype":true,"data":[1]}]}          | datatype must be one of
            {"inputs":[{"name":"age","shape":[1],"datatype":"FP64","data":1}]}          | data must be a list. Received: a number
            {"inputs":[{"name":"a","shape":[1],"datatype":"FP64","parameters":1}]}      | parameters must be an object. Received: a number
            {"inputs":[{"name":"age","shape":[1],"datatype":"FP64","data":[1]}],"id":7} | id must be a text. Received: a number
            {"inputs":[{"name":"age","shape":[1],"datatype":"FP64","data":[1]}],"outputs":{}} | outputs must be a list. Received: an object
            {"inputs":[{"name":"age","shape":[1],"datatype":"FP64","data":[1]}],"parameters":true} | parameters must be an object
            {"input":[]}                                                                | inputs must be a list
            """)
    void saysWhatIsWrongWithATensor(String body, String message) throws Exception {
        Caller.Reply reply = caller.post("/v2/models/churn/infer", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains(message);
    }

    /** Nothing that is a number is an error of the server: what is far out counts as far out. */
    @Test
    void answersForHugeNumbers() throws Exception {
        for (String name : List.of("churn", "price")) {
            Caller.Reply reply = caller.post(
                    "/v1/models/" + name + ":predict", "{\"instances\":[{\"age\":-1e300},{\"age\":1e300}]}");
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        }
    }

    @Test
    void keepsTheLimits() throws Exception {
        String path = "/v1/models/churn:predict";
        assertThat(caller.post(path, " ".repeat((1 << 20) + 1)).status()).isEqualTo(413);
        assertThat(caller.post(path, "{\"instances\":[{\"age\":" + "[".repeat(10_000))
                        .error())
                .contains("nested deeper than 64 levels");
        String rows = "{\"instances\":[" + "{},".repeat(1000) + "{}]}";
        assertThat(caller.post(path, rows).error()).contains("1000 instances at most");
        assertThat(caller.send(caller.request(path)
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())
                        .status())
                .isEqualTo(415);
        assertThat(caller.send(caller.request(path)
                                .header("Content-Type", "application/json; charset=utf-16")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())
                        .error())
                .isEqualTo("JSON must be in UTF-8. Received: charset utf-16");
        assertThat(caller.send(caller.request(path)
                                .header("Content-Type", "application/json; charset=\"utf-16\"")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())
                        .status())
                .isEqualTo(415);
        byte[] notUtf8 = "{\"instances\":[{\"plan\":\"\u00e9\"}]}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(caller.send(caller.request(path)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(notUtf8))
                                .build())
                        .error())
                .contains("must be in UTF-8");
    }

    @Test
    void unpacksGzipWithinTheLimit() throws Exception {
        assertThat(zipped("{\"instances\":[{\"age\":41}]}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
        Caller.Reply bomb = zipped(new byte[200 << 20]);
        assertThat(bomb.status()).isEqualTo(413);
        Caller.Reply broken = caller.post("/v1/models/churn:predict", "{}", "Content-Encoding", "gzip");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.error()).contains("Content-Encoding: gzip");
    }

    private static Caller.Reply zipped(byte[] body) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return caller.send(caller.request("/v1/models/churn:predict")
                .header("Content-Encoding", "gzip")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray()))
                .build());
    }

    @Test
    void knowsWhatItDoesNotKnow() throws Exception {
        assertThat(caller.post("/v1/models/chrun:predict", "{}").error()).contains("did you mean 'churn'?");
        assertThat(caller.get("/v2/models/churn/versions/9").status()).isEqualTo(404);
        assertThat(caller.get("/v2/models/churn/versions/x").error()).contains("versions are numbers");
        assertThat(caller.get("/nowhere").error()).contains("no such route");
        Caller.Reply wrong = caller.post("/v2/health/ready", "{}");
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.error()).contains("POST");
        Caller.Reply explain = caller.post("/v1/models/churn:explain", "{}");
        assertThat(explain.status()).isEqualTo(501);
        assertThat(explain.error()).contains("not there yet");
    }

    @Test
    void givesUpAtTheCallersDeadline() throws Exception {
        String row = "{\"instances\":[{\"age\":41}]}";
        assertThat(caller.post("/v1/models/churn:predict", row, "Lungo-Deadline-Ms", "soon")
                        .error())
                .contains("must be milliseconds");
        assertThat(caller.post("/v1/models/churn:predict", row, "Lungo-Deadline-Ms", "5000")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void namesEveryRequest() throws Exception {
        assertThat(caller.get("/v2", "X-Request-Id", "abc-1")
                        .response()
                        .headers()
                        .firstValue("X-Request-Id"))
                .contains("abc-1");
        assertThat(caller.get("/v2", "X-Request-Id", "{evil}")
                        .response()
                        .headers()
                        .firstValue("X-Request-Id"))
                .get()
                .asString()
                .matches("[0-9a-f]+");
    }

    @Test
    void measuresByTheNamesOfTheContract() throws Exception {
        probability(30);
        String metrics = caller.get("/metrics").text();
        assertThat(metrics)
                .contains("lungo_requests_total{code=\"200\",model=\"churn\",version=\"1\"}")
                .contains("lungo_request_duration_seconds_bucket{model=\"churn\",version=\"1\",le=\"0.001\"}")
                .contains("lungo_queue_duration_seconds_count{model=\"churn\",version=\"1\"}")
                .contains("lungo_inference_duration_seconds_count{model=\"churn\",version=\"1\"}")
                .contains("lungo_batch_size_bucket{model=\"churn\",version=\"1\",le=\"32.0\"}")
                .contains("lungo_queue_depth{model=\"churn\",version=\"1\"} 0.0")
                .contains("lungo_rejected_total{reason=\"queue_full\"}")
                .contains("lungo_inflight")
                .contains("lungo_model_ready{model=\"churn\",version=\"1\"} 1.0")
                .contains("lungo_reload_total{result=\"success\"} 4.0")
                .contains("lungo_native_bytes")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void describesWhatAFormNeeds() throws Exception {
        JsonNode model = caller.get("/v1/models/churn").json();
        assertThat(model.get("choices").get("plan").toString())
                .as("the most frequent first")
                .isEqualTo("[\"silver\",\"gold\",\"basic\"]");
        assertThat(model.get("features").toString()).contains("{\"name\":\"since\",\"kind\":\"date\"}");
        assertThat(model.get("examples")).isNotEmpty();
        assertThat(caller.get("/v1/models/churn/report").text()).contains("<html");
        assertThat(caller.get("/v1/models").json().get("data")).hasSize(4);
        assertThat(server.examples().get(0)).startsWith("curl " + server.url() + "/v1/models/a-b:predict");
    }

    /** As the training data have them, although golden rows hold seconds. */
    @Test
    void showsDatesAndWholeNumbersAsTheyAreInItsExamples() throws Exception {
        String line = server.examples().stream()
                .filter(curl -> curl.contains("/churn:predict"))
                .findFirst()
                .orElseThrow();
        String body = line.substring(line.indexOf("-d '") + 4, line.length() - 1);
        assertThat(body).containsPattern("\"since\":\"20\\d\\d-\\d\\d-\\d\\d\"");
        assertThat(caller.post("/v1/models/churn:predict", body).status()).isEqualTo(200);
        JsonNode examples = caller.get("/v1/models/churn").json().get("examples");
        assertThat(caller.post("/v1/models/churn:predict", "{\"instances\":" + examples + "}")
                        .status())
                .isEqualTo(200);
        assertThat(examples.get(0).get("since").asString()).matches("20\\d\\d-\\d\\d-\\d\\d");
        assertThat(examples.findValues("age"))
                .as("26, not 26.0")
                .isNotEmpty()
                .allMatch(age -> age.isIntegralNumber() || age.isNull());
    }
}
