package org.lungo.server.openai;

import java.util.regex.Pattern;
import org.lungo.server.http.Calls;
import org.lungo.server.http.Guard;
import org.lungo.server.http.HttpFailure;
import org.lungo.server.http.Permission;
import org.lungo.server.http.Protocol;
import org.lungo.server.http.RouteTable;
import org.lungo.server.registry.Models;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenAI's API for the models of a server: completions of texts and conversations, responses, embeddings, the list of models. See
 * https://platform.openai.com/docs/api-reference; docs/serving.md says what is taken, passed over and refused.
 */
public record OpenAi(Models models) implements Protocol {
    private static final String COMPLETIONS = "/v1/completions";
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String EMBEDDINGS = "/v1/embeddings";

    /** What is below a model, such as {@code /v1/models/churn:predict}, is not of OpenAI. */
    private static final Pattern OURS = Pattern.compile("/v1/models/[^/]*[:/].*");

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public void addTo(RouteTable routes, Guard guard, Calls calls) {
        TextRoutes texts = new TextRoutes(calls);
        routes.post(COMPLETIONS, guard.inFlight(Permission.INFER, texts::completions));
        routes.post(CHAT, guard.inFlight(Permission.INFER, texts::chat));
        routes.post(RESPONSES, guard.inFlight(Permission.INFER, texts::responses));
        routes.post(EMBEDDINGS, guard.inFlight(Permission.INFER, texts::embeddings));
        routes.get(
                "/v1/models",
                guard.with(
                        Permission.INFER,
                        ctx -> ctx.contentType("application/json")
                                .result(JSON.writeValueAsBytes(ModelList.of(models)))));
    }

    @Override
    public boolean isAt(String path) {
        return path.startsWith("/v1/") && !OURS.matcher(path).matches();
    }

    @Override
    public byte[] error(HttpFailure failure) {
        return OpenAiError.of(failure);
    }
}
