package org.lungo.server.openai;

import java.util.Set;
import org.lungo.server.http.Calls;
import org.lungo.server.http.Guard;
import org.lungo.server.http.HttpFailure;
import org.lungo.server.http.Permission;
import org.lungo.server.http.Protocol;
import org.lungo.server.http.RouteTable;
import org.lungo.server.registry.Models;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenAI's API for the models of a server: completions of texts and conversations, embeddings, the list of models. See
 * https://platform.openai.com/docs/api-reference; docs/serving.md says what is taken, passed over and refused.
 */
public record OpenAi(Models models) implements Protocol {
    private static final String COMPLETIONS = "/v1/completions";
    private static final String CHAT = "/v1/chat/completions";
    private static final String EMBEDDINGS = "/v1/embeddings";

    /** The list of models is none of them: its errors are as those of the descriptions below it. */
    private static final Set<String> TEXTS = Set.of(COMPLETIONS, CHAT, EMBEDDINGS);

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public void addTo(RouteTable routes, Guard guard, Calls calls) {
        TextRoutes texts = new TextRoutes(calls);
        routes.post(COMPLETIONS, guard.inFlight(Permission.INFER, texts::completions));
        routes.post(CHAT, guard.inFlight(Permission.INFER, texts::chat));
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
        return TEXTS.contains(path);
    }

    @Override
    public byte[] error(HttpFailure failure) {
        return OpenAiError.of(failure);
    }
}
