package org.lungo.experiment.track;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that answers as MLflow's REST API 2.0 does, as far as a run asks it. */
final class PlayedMlflow implements AutoCloseable {
    /** How it behaves. */
    enum Mood {
        WELL,
        /** Another client makes the same experiment at the same time. */
        IS_SHARED,
        HANGS,
        FAILS,
        IS_SOMETHING_ELSE
    }

    /** One run as the server keeps it. */
    static final class Kept {
        String status = "RUNNING";
        String name = "";
        final List<String> metrics = new ArrayList<>(); // key@step=value
        final Map<String, String> parameters = new TreeMap<>();
        final List<Map<String, Object>> latest = new ArrayList<>();
    }

    private static final String API = "/base/api/2.0/mlflow/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    final Map<String, Kept> runs = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    private String experiment = "";
    volatile Mood mood;

    PlayedMlflow(Mood mood) throws IOException {
        this.mood = mood;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/base/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestURI().getPath().replace(API, "");
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        switch (mood) {
            case HANGS -> {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
            case FAILS -> send(exchange, 500, Map.of("error_code", "INTERNAL_ERROR", "message", "the disk\nis full"));
            case IS_SOMETHING_ELSE -> send(exchange, 200, List.of("hello"));
            case WELL, IS_SHARED -> well(exchange, call, query, body);
        }
    }

    private synchronized void well(HttpExchange exchange, String call, String query, JsonNode body) throws IOException {
        calls.add(call);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Kept run = runs.get(body.path("run_id").asString(query.replace("run_id=", "")));
        switch (call) {
            case "experiments/get-by-name" -> {
                if (query.equals("experiment_name=" + experiment)) {
                    send(exchange, 200, Map.of("experiment", Map.of("experiment_id", "7")));
                } else {
                    send(exchange, 404, Map.of("error_code", "RESOURCE_DOES_NOT_EXIST"));
                }
            }
            case "experiments/create" -> {
                experiment = body.get("name").asString();
                if (mood == Mood.IS_SHARED) {
                    send(exchange, 400, Map.of("error_code", "RESOURCE_ALREADY_EXISTS"));
                } else {
                    send(exchange, 200, Map.of("experiment_id", "7"));
                }
            }
            case "runs/create" -> {
                Kept made = new Kept();
                made.name = body.get("run_name").asString() + " of "
                        + body.get("experiment_id").asString();
                String id = "run" + (runs.size() + 1);
                runs.put(id, made);
                send(exchange, 200, Map.of("run", Map.of("info", Map.of("run_id", id))));
            }
            case "runs/get" -> {
                if (run == null) {
                    send(exchange, 404, Map.of("error_code", "RESOURCE_DOES_NOT_EXIST"));
                } else {
                    send(exchange, 200, Map.of("run", Map.of("data", Map.of("metrics", run.latest))));
                }
            }
            case "runs/log-batch" -> {
                if (takes(body.path("metrics"), 1000) && takes(body.path("params"), 100)) {
                    log(run, body);
                    send(exchange, 200, Map.of());
                } else {
                    send(exchange, 400, Map.of("error_code", "INVALID_PARAMETER_VALUE"));
                }
            }
            case "runs/update" -> {
                run.status = body.get("status").asString();
                send(exchange, 200, Map.of("run_info", Map.of()));
            }
            default -> send(exchange, 404, Map.of("error_code", "ENDPOINT_NOT_FOUND"));
        }
    }

    /** What MLflow's validation asks of a list in a request. */
    private static boolean takes(JsonNode values, int most) {
        Set<String> keys = new HashSet<>();
        for (JsonNode value : values) {
            String key = value.path("key").asString();
            boolean number =
                    value.path("value").isNumber() && value.path("timestamp").asLong() > 1_600_000_000_000L;
            boolean text = value.path("value").isString()
                    && value.path("value").asString().length() <= 500;
            if (!key.matches("[\\w. -]{1,250}") || !keys.add(key) || !number && !text) {
                return false;
            }
        }
        return values.size() <= most;
    }

    private static void log(Kept run, JsonNode body) {
        for (JsonNode metric : body.path("metrics")) {
            String key = metric.get("key").asString();
            run.metrics.add(key + "@" + metric.get("step").asInt() + "="
                    + metric.get("value").asDouble());
            run.latest.removeIf(other -> other.get("key").equals(key));
            run.latest.add(Map.of("key", key, "step", metric.get("step").asInt()));
        }
        for (JsonNode parameter : body.path("params")) {
            run.parameters.put(
                    parameter.get("key").asString(), parameter.get("value").asString());
        }
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JsonMapper.shared().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
