package org.lungo.experiment.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Manifest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run of an MLflow server, in the experiment that {@code MLFLOW_EXPERIMENT_NAME} names, else {@code lungo}. Which run it
 * is stands in the folder, so that a resumed training continues it. MLflow's limits (mlflow/utils/validation.py): a metric is
 * a finite number, names have few characters besides letters and digits and differ within a request, requests have a maximum
 * length, and servers before 2.10 take 500 characters of a parameter.
 */
final class MlflowRun implements Tracker {
    private static final int MAX_PARAMETERS = 100; // of one request
    private static final int MAX_METRICS = 1000; // of one request
    private static final int LONGEST_VALUE = 500;
    private static final int LONGEST_NAME = 250;
    private static final String TEST = "test_";

    private final MlflowServer server;
    private final Path folder;
    private final Map<String, String> environment;
    private final Clock clock;
    private String id = "";

    MlflowRun(MlflowServer server, Path folder, Map<String, String> environment, Clock clock) {
        this.server = server;
        this.folder = folder;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public String title() {
        return "MLflow at " + server.address();
    }

    @Override
    public Known open() throws IOException, InterruptedException {
        String begun = begun();
        JsonNode found = begun == null ? null : found(begun);
        if (begun != null && found != null) {
            id = begun;
            server.post("runs/update", Map.of("run_id", id, "status", "RUNNING"));
            return known(found.path("run").path("data").path("metrics"));
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        Map<String, Object> order = Map.of(
                "experiment_id",
                experiment(environment.getOrDefault("MLFLOW_EXPERIMENT_NAME", "lungo"), true),
                "run_name",
                String.valueOf(name),
                "start_time",
                clock.millis());
        id = required(server.post("runs/create", order).path("run").path("info").path("run_id"), "run_id");
        Map<String, String> place = Map.of("address", server.address(), "run_id", id);
        Files.writeString(
                folder.resolve(Manifest.MLFLOW), JsonMapper.shared().writeValueAsString(new TreeMap<>(place)) + "\n");
        return Known.NOTHING;
    }

    /** The run that was begun on this server; null when there was none. */
    private @Nullable String begun() throws IOException {
        Path file = folder.resolve(Manifest.MLFLOW);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            JsonNode place = JsonMapper.shared().readTree(Files.readString(file));
            boolean here = place.path("address").asString("").equals(server.address());
            return here ? place.path("run_id").asString(null) : null;
        } catch (JacksonException e) {
            return null; // cut off while it was written
        }
    }

    /** The run as the server knows it; null when it was deleted there. */
    private @Nullable JsonNode found(String run) throws IOException, InterruptedException {
        try {
            JsonNode found = server.get("runs/get", "run_id", run);
            JsonNode info = found.path("run").path("info");
            return info.path("lifecycle_stage").asString("active").equals("active") ? found : null;
        } catch (MlflowServer.Refusal e) {
            if (e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
                return null;
            }
            throw e;
        }
    }

    private static Known known(JsonNode metrics) {
        int epoch = 0;
        boolean ended = false;
        for (JsonNode metric : metrics) {
            boolean test = metric.path("key").asString("").startsWith(TEST);
            ended |= test;
            epoch = test ? epoch : Math.max(epoch, metric.path("step").asInt(0));
        }
        return new Known(epoch, ended);
    }

    private String experiment(String name, boolean first) throws IOException, InterruptedException {
        try {
            JsonNode found = server.get("experiments/get-by-name", "experiment_name", name);
            return required(found.path("experiment").path("experiment_id"), "experiment_id");
        } catch (MlflowServer.Refusal e) {
            if (!e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
                throw e;
            }
        }
        try {
            JsonNode made = server.post("experiments/create", Map.of("name", name));
            return required(made.path("experiment_id"), "experiment_id");
        } catch (MlflowServer.Refusal e) {
            if (first && e.code().equals("RESOURCE_ALREADY_EXISTS")) {
                return experiment(name, false); // another training made it at the same time
            }
            throw e;
        }
    }

    private static String required(JsonNode value, String name) throws IOException {
        String text = value.asString("");
        if (text.isEmpty()) {
            throw new IOException("its answer has no " + name + "; is it an MLflow server?");
        }
        return text;
    }

    @Override
    public void show(Report report) throws IOException, InterruptedException {
        List<Map<String, Object>> metrics = new ArrayList<>();
        Set<String> names = new HashSet<>();
        report.values().forEach((name, value) -> {
            if (Double.isFinite(value)) {
                String key = name(name, names);
                metrics.add(Map.of("key", key, "value", value, "timestamp", report.millis(), "step", report.epoch()));
            }
        });
        List<Map<String, Object>> parameters = new ArrayList<>();
        names.clear();
        report.config().forEach((path, value) -> parameters.add(Map.of("key", name(path, names), "value", cut(value))));
        post("params", parameters, MAX_PARAMETERS);
        post("metrics", metrics, MAX_METRICS); // the last: they show that all is there
    }

    private void post(String kind, List<?> values, int most) throws IOException, InterruptedException {
        for (int i = 0; i < values.size(); i += most) {
            List<?> some = values.subList(i, Math.min(values.size(), i + most));
            server.post("runs/log-batch", Map.of("run_id", id, kind, some));
        }
    }

    /** A name that MLflow takes, unlike those in {@code names}, to which it is added. */
    private static String name(String name, Set<String> names) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_. -]", "_"); // older servers refuse a colon, all refuse a//b
        String unlike = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
        for (int number = 2; !names.add(unlike); number++) {
            String end = "_" + number;
            unlike = plain.substring(0, Math.min(LONGEST_NAME - end.length(), plain.length())) + end;
        }
        return unlike;
    }

    private static String cut(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 3) + "...";
    }

    @Override
    public void end(boolean complete) throws IOException, InterruptedException {
        String status = complete ? "FINISHED" : "FAILED";
        server.post("runs/update", Map.of("run_id", id, "status", status, "end_time", clock.millis()));
    }

    @Override
    public void close() {
        // the server holds everything
    }
}
