package org.lungo.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.model.Gpt;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.registry.Place;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures how many tokens a second a server writes for 1 and for 8 callers, in one run: a model of 10.7 million parameters
 * (nanoGPT's for Shakespeare: 6 layers of width 384, context 256), completions of 100 tokens. Argument: rounds.
 */
final class TextLoad {
    private static final int TOKENS = 100;

    private TextLoad() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        Path folder = Files.createTempDirectory("lungo-text").resolve("model");
        try (Scope scope = Scope.open()) {
            Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.CHAR, 100)
                    .train(List.of("abcdefghijklmnopqrstuvwxyz ,.?").iterator());
            Gpt model = Gpt.Config.of(tokenizer.size(), 256, 6, 6, 384, 0).build(Random.of(1));
            new LanguageBundle(model, tokenizer).save(folder);
        }
        ServerConfig defaults = ServerConfig.DEFAULTS;
        ServerConfig config = new ServerConfig(
                defaults.host(), 0, defaults.security(), defaults.limits(), 1, defaults.watchMillis(), null);
        try (ModelServer server = ModelServer.start(config, List.of(new Place(folder, "text")), c -> c)) {
            measure(server, 8);
            for (int round = 0; round < rounds; round++) { // again, so that what changes on the machine shows
                double one = measure(server, 1);
                double eight = measure(server, 8);
                System.out.printf(
                        Locale.ROOT,
                        "1 caller: %.0f tokens a second; 8 callers: %.0f; %.2f times%n",
                        one,
                        eight,
                        eight / one);
            }
        }
    }

    private static double measure(ModelServer server, int callers) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"text\",\"prompt\":\"how are you\",\"seed\":1,\"max_tokens\":" + TOKENS + "}"))
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        long start = System.nanoTime();
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 2 * callers; i++) {
            answers.add(threads.submit(() -> {
                String body = client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
                return new JsonMapper()
                        .readTree(body)
                        .at("/usage/completion_tokens")
                        .asInt();
            }));
        }
        int tokens = 0;
        for (Future<Integer> answer : answers) {
            tokens += answer.get();
        }
        threads.shutdown();
        return tokens / ((System.nanoTime() - start) / 1e9);
    }
}
