package org.lungo.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.lungo.server.Caller;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.TrainedModels;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import tools.jackson.databind.JsonNode;

/** A server with a language model, {@code talk}, and a model of tables, {@code churn}. */
record TextService(Path folder, ModelServer server, Caller caller) implements AutoCloseable {
    /** Trains both in {@code folder}. */
    static TextService start(Path folder) throws Exception {
        TrainedModels.text(folder.resolve("talk"));
        TrainedModels.run(folder.resolve("churn"), "churn");
        ModelServer server = ModelServer.start(
                config(ServerConfig.Security.OPEN),
                List.of(
                        Place.parse(folder.resolve("talk").toString()),
                        Place.parse(folder.resolve("churn").toString())),
                config -> config);
        return new TextService(folder, server, Caller.of(server));
    }

    static ServerConfig config(ServerConfig.Security security) {
        return new ServerConfig("127.0.0.1", 0, security, new Limits(1 << 20, 64, 1000), 10, 60_000, null);
    }

    /** The answer to what must be answered. */
    JsonNode post(String path, String body) throws Exception {
        Caller.Reply reply = caller.post(path, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    /** A line of {@code /metrics}, which must be there. */
    double metric(String name) throws Exception {
        var matcher = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$")
                .matcher(caller.get("/metrics").text());
        assertThat(matcher.find()).as(name).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    @Override
    public void close() {
        server.close();
    }
}
