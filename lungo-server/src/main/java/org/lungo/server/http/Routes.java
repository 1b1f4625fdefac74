package org.lungo.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lungo.deploy.Version;
import org.lungo.server.metrics.ServerMetrics;
import org.lungo.server.registry.Models;

/** Every route but those of a {@link Protocol}, and who may use it. */
public final class Routes {
    private final Models models;
    private final ServerMetrics metrics;
    private final Origins origins;
    private final Guard guard;
    private final InferenceRoutes inference;
    private final ModelRoutes descriptions;
    private final Calls calls;
    private final List<Protocol> protocols;
    private final ErrorForms errors;

    /**
     * Routes to some models.
     *
     * @param origins which web pages may ask
     * @param draining turns true when the server stops
     * @param protocols whose routes are added too
     */
    public Routes(
            Models models,
            ServerMetrics metrics,
            Keys keys,
            Origins origins,
            Limits limits,
            AtomicBoolean draining,
            List<Protocol> protocols) {
        this.models = models;
        this.origins = origins;
        this.metrics = metrics;
        this.protocols = List.copyOf(protocols);
        this.errors = new ErrorForms(this.protocols);
        this.guard = new Guard(keys, metrics, draining, errors);
        Bodies bodies = new Bodies(limits);
        this.inference = new InferenceRoutes(models, metrics, limits, bodies);
        this.calls = new Calls(models, metrics, limits, bodies);
        this.descriptions = new ModelRoutes(models, limits, bodies);
    }

    /** Adds them to a server. */
    public void addTo(RoutesConfig routes) {
        routes.before(Guard::identify);
        routes.before(origins::admit);
        routes.exception(Exception.class, guard::fail);
        routes.error(404, ctx -> orElse(ctx, "no such route; see / for what there is"));
        routes.error(405, ctx -> orElse(ctx, "this route does not know the method " + ctx.method()));
        RouteTable table = new RouteTable(routes);
        new Page().addTo(table);
        health(table);
        table.get(
                "/metrics",
                guard.with(
                        Permission.METRICS,
                        ctx -> ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                                .result(metrics.scrape())));
        for (String model : List.of("/v1/models/{model}", "/v1/models/{model}/versions/{version}")) {
            table.post(model + ":predict", guard.inFlight(Permission.INFER, inference::predict));
            table.post(model + ":explain", guard.inFlight(Permission.INFER, inference::explain));
            table.get(model + "/report", guard.with(Permission.INFER, descriptions::report));
            table.get(model, guard.with(Permission.INFER, descriptions::describe)); // last: takes "churn:predict" too
        }
        for (String model : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
            table.get(model, guard.with(Permission.INFER, descriptions::metadata));
            table.get(model + "/ready", guard.with(Permission.INFER, descriptions::ready));
            table.post(model + "/infer", guard.inFlight(Permission.INFER, inference::infer));
        }
        table.post("/v2/repository/index", guard.with(Permission.ADMIN, descriptions::index));
        table.post("/v2/repository/models/{model}/load", guard.with(Permission.ADMIN, descriptions::load));
        table.post("/v2/repository/models/{model}/rollback", guard.with(Permission.ADMIN, descriptions::rollback));
        table.post("/v2/repository/models/{model}/unload", guard.with(Permission.ADMIN, descriptions::unload));
        protocols.forEach(protocol -> protocol.addTo(table, guard, calls));
    }

    private void health(RouteTable routes) {
        routes.get(
                "/v2",
                ctx -> ModelRoutes.json(
                        ctx,
                        Map.of(
                                "name",
                                "lungo",
                                "version",
                                Version.current(),
                                "extensions",
                                List.of("model_repository"))));
        routes.get("/v2/health/live", ctx -> ModelRoutes.json(ctx, Map.of("live", true)));
        routes.get("/v2/health/ready", ctx -> {
            boolean ready = models.isReady() && !guard.isDraining();
            ctx.status(ready ? 200 : 503);
            ModelRoutes.json(ctx, Map.of("ready", ready));
        });
    }

    private void orElse(Context ctx, String message) {
        String answer = ctx.result();
        if (answer == null || !answer.startsWith("{\"error\"")) { // else a route of ours has said more
            String code = ctx.statusCode() == 404 ? "unknown_url" : "method_not_supported";
            HttpFailure failure = HttpFailure.ofCode(ctx.statusCode(), code, message);
            ctx.contentType("application/json").result(errors.body(ctx.path(), failure));
        }
    }
}
