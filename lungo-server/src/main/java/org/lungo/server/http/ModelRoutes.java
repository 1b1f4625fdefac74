package org.lungo.server.http;

import io.javalin.http.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.Form;
import org.lungo.server.registry.Lease;
import org.lungo.server.registry.ModelId;
import org.lungo.server.registry.Models;
import org.lungo.server.registry.ServedModel;
import tools.jackson.databind.json.JsonMapper;

/** What models there are and what they take and give; loading, rolling back and unloading them. */
final class ModelRoutes {
    private static final JsonMapper JSON = new JsonMapper();

    private static final long PATIENCE = 10_000_000_000L;

    private final Models models;
    private final StrictJson json;
    private final Bodies bodies;

    ModelRoutes(Models models, Limits limits, Bodies bodies) {
        this.models = models;
        this.json = new StrictJson(limits);
        this.bodies = bodies;
    }

    /** {@code GET /v1/models/{model}}: all that a form for rows needs. */
    void describe(Context ctx) {
        try (Lease lease = models.lease(ctx.pathParam("model"), InferenceRoutes.version(ctx))) {
            ServedModel model = lease.model();
            Map<String, Object> description = ordered("id", model.id().name(), "object", "model");
            description.put("created", model.loaded().getEpochSecond());
            description.put("owned_by", "lungo");
            description.put("version", model.id().version());
            description.put("versions", models.versions(model.id().name()));
            description.put("loaded", model.loaded().toString());
            describe(description, model.answerer().form());
            description.put("serve", model.described());
            description.put("report", report(model) != null);
            json(ctx, description);
        }
    }

    private static void describe(Map<String, Object> description, Form form) {
        description.put("view", form.view());
        form.facts().forEach(description::put);
        description.putIfAbsent(
                "features",
                form.inputs().stream()
                        .map(input -> Map.of("name", input.name(), "kind", "text"))
                        .toList());
        description.putIfAbsent("choices", Map.of());
        description.put("ignored", form.ignored());
        description.put("examples", form.examples());
    }

    /** {@code GET /v1/models/{model}/report}: the evaluation report of the run that made the model. */
    void report(Context ctx) throws java.io.IOException {
        try (Lease lease = models.lease(ctx.pathParam("model"), InferenceRoutes.version(ctx))) {
            Path report = report(lease.model());
            if (report == null) {
                throw new HttpFailure(404, "there is no report of this model");
            }
            // The page was written by us, but it shows texts from data: it may run its own script and reach nothing.
            ctx.header("Content-Security-Policy", "sandbox allow-scripts; default-src 'unsafe-inline' data:");
            ctx.contentType("text/html; charset=utf-8").result(Files.readAllBytes(report));
        }
    }

    private static @Nullable Path report(ServedModel model) {
        Path run = model.folder().toAbsolutePath().normalize().getParent();
        boolean inRun = model.folder().toAbsolutePath().normalize().endsWith("model");
        Path report = run == null || !inRun ? null : run.resolve("report.html");
        return report != null && Files.isRegularFile(report) ? report : null;
    }

    /** {@code GET /v2/models/{model}}: the metadata of the Open Inference Protocol. */
    void metadata(Context ctx) {
        try (Lease lease = models.lease(ctx.pathParam("model"), InferenceRoutes.version(ctx))) {
            Form form = lease.model().answerer().form();
            String name = lease.model().id().name();
            Map<String, Object> metadata = ordered("name", name);
            metadata.put(
                    "versions",
                    models.versions(name).stream().map(String::valueOf).toList());
            metadata.put("platform", "lungo");
            metadata.put("inputs", form.inputs());
            metadata.put("outputs", form.outputs());
            json(ctx, metadata);
        }
    }

    /** {@code GET /v2/models/{model}/ready}. */
    void ready(Context ctx) {
        try (Lease lease = models.lease(ctx.pathParam("model"), InferenceRoutes.version(ctx))) {
            boolean alive = lease.model().isAlive();
            ctx.status(alive ? 200 : 503);
            json(ctx, Map.of("name", lease.model().id().name(), "ready", alive));
        }
    }

    /** {@code POST /v2/repository/index}: what is loaded, in the form of Triton's. */
    void index(Context ctx) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (ServedModel model : models.all()) {
            Map<String, Object> entry = ordered("name", model.id().name());
            entry.put("version", Integer.toString(model.id().version()));
            entry.put("state", model.isAlive() ? "READY" : "UNAVAILABLE");
            entry.put("current", models.isCurrent(model));
            all.add(entry);
        }
        json(ctx, all);
    }

    /** {@code POST /v2/repository/models/{model}/load}: loads it again from its folder. */
    void load(Context ctx) {
        String name = ctx.pathParam("model");
        if (!models.reload(name)) {
            throw new HttpFailure(
                    409,
                    "'" + name + "' cannot be loaded; what was there still answers. The server's log" + " says why");
        }
        json(ctx, Map.of("name", name, "versions", models.versions(name)));
    }

    /** {@code POST /v2/repository/models/{model}/rollback}: the version before answers again. */
    void rollback(Context ctx) {
        try {
            ModelId id = models.rollback(ctx.pathParam("model"));
            json(ctx, Map.of("name", id.name(), "version", id.version()));
        } catch (IllegalStateException e) {
            throw new HttpFailure(409, String.valueOf(e.getMessage()), e);
        }
    }

    /** {@code POST /v2/repository/models/{model}/unload}, with {@code {"version": 3}} for one version only. */
    void unload(Context ctx) {
        byte[] body = bodies.read(ctx, System.nanoTime() + PATIENCE).join();
        Bodies.requireUtf8(body);
        Object version = body.length == 0 ? null : json.object(body).get("version");
        if (version != null && !version.toString().matches("\\d{1,9}")) {
            throw HttpFailure.badRequest("version must be a number");
        }
        String name = ctx.pathParam("model");
        models.unload(name, version == null ? null : Integer.valueOf(version.toString()));
        json(ctx, Map.of("name", name, "unloaded", true));
    }

    static void json(Context ctx, Object value) {
        ctx.contentType("application/json").result(JSON.writeValueAsBytes(value));
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
