package org.lungo.load;

import io.javalin.Javalin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lungo.family.tables.Predictor;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What a team would write in ten minutes: Javalin, Jackson and the predictor; no batching, limits, keys or metrics. */
final class BareEndpoint {
    private record Request(List<Map<String, Object>> instances) {}

    private BareEndpoint() {}

    /** Arguments: a run folder and a port. */
    public static void main(String[] arguments) throws Exception {
        Predictor predictor = Predictor.load(Path.of(arguments[0]));
        JsonMapper json = new JsonMapper();
        Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.post("/predict", ctx -> {
                        Request request = json.readValue(ctx.bodyAsBytes(), new TypeReference<Request>() {});
                        ctx.contentType("application/json")
                                .result(json.writeValueAsBytes(
                                        Map.of("predictions", predictor.predict(request.instances()))));
                    });
                })
                .start("127.0.0.1", Integer.parseInt(arguments[1]));
        System.out.println("ready http://127.0.0.1:" + arguments[1]);
    }
}
