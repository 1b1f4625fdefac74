package org.lungo.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.model.Llama;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.server.Caller;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.registry.Place;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import tools.jackson.databind.JsonNode;

/** Folders of Hugging Face's behind a server. */
class HuggingFaceServingTest {
    /** The one of Qwen 3, without its tools. */
    private static final String TEMPLATE = """
            {%- set ns = namespace(multi=true, last=messages|length - 1) %}
            {%- for message in messages[::-1] %}
                {%- set index = (messages|length - 1) - loop.index0 %}
                {%- if ns.multi and message.role == 'user' and not(message.content.startswith('<tool_response>')) %}
                    {%- set ns.multi = false %}
                    {%- set ns.last = index %}
                {%- endif %}
            {%- endfor %}
            {%- for message in messages %}
                {%- set content = message.content %}
                {%- if message.role == 'assistant' and '</think>' in content %}
                    {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
                {%- endif %}
                {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|im_start|>assistant\\n' }}
                {%- if enable_thinking is defined and enable_thinking is false %}
                    {{- '<think>\\n\\n</think>\\n\\n' }}
                {%- endif %}
            {%- endif %}""";

    @TempDir
    private static Path temporary;

    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(folder("qw", 0).resolve("chat_template.jinja"), TEMPLATE);
        folder("padded", 41);
        Path drawn = folder("drawn", 0);
        Files.writeString(
                drawn.resolve("generation_config.json"), "{\"do_sample\": true, \"top_k\": 1, \"temperature\": 2}");
        List<Place> places = List.of(
                Place.parse(temporary.resolve("qw").toString()),
                Place.parse(temporary.resolve("padded").toString()),
                Place.parse(drawn.toString()));
        server = ModelServer.start(TextService.config(ServerConfig.Security.OPEN), places, config -> config);
        caller = Caller.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A Llama of a tokenizer of bytes, with places for {@code more} tokens that this does not know. */
    private static Path folder(String name, int more) throws IOException {
        Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.BPE, 259)
                .withSpecialTokens(List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>"))
                .train(List.of("The cat and the hat").iterator());
        Path model = temporary.resolve(name);
        try (Scope scope = Scope.open()) {
            Llama.Config config = new Llama.Config(
                    tokenizer.size() + more, 128, 1, 16, 32, new Llama.Heads(2, 2, 8), Llama.Details.LLAMA);
            new LanguageBundle(config.build(Random.of(5)), tokenizer).export(model);
        }
        return model;
    }

    private static JsonNode post(String path, String body) throws Exception {
        Caller.Reply reply = caller.post(path, body.replace('\'', '"'));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void countsTheTokensOfATemplate() throws Exception {
        JsonNode answer = post(
                "/v1/chat/completions",
                "{'model': 'qw', 'messages': [{'role': 'user', 'content': 'Hi'}], 'max_tokens': 4}");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(21);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isBetween(0, 4);
    }

    @Test
    void drawsNoTokenThatTheTokenizerDoesNotKnow() throws Exception {
        for (String how :
                List.of("'temperature': 0", "'temperature': 2, 'n': 8", "'temperature': 1.5, 'logprobs': 20")) {
            JsonNode answer = post(
                    "/v1/completions",
                    "{'model': 'padded', 'prompt': 'The cat', 'max_tokens': 60, 'seed': 3, " + how + "}");
            assertThat(answer.at("/choices").size()).isBetween(1, 8);
            assertThat(answer.toString()).doesNotContain("<2", "<3"); // numbers in the place of tokens
        }
        JsonNode chat = post(
                "/v1/chat/completions",
                "{'model': 'padded', 'messages': [{'role': 'user', 'content': 'Hi'}], 'max_tokens': 9,"
                        + " 'logprobs': true, 'top_logprobs': 20}");
        assertThat(chat.at("/choices/0/logprobs/content/0/top_logprobs").size())
                .as("with the sampled token where it is not among them")
                .isBetween(20, 21);
        assertThat(post("/v1/models/padded:predict", "{'instances': ['The cat']}")
                        .at("/predictions")
                        .size())
                .isEqualTo(1);
    }

    /** With the likeliest token alone to draw from, an answer is the greedy one, whatever the temperature. */
    @Test
    void drawsAsTheFolderSaysUnlessTheRequestDoes() throws Exception {
        String asked = "{'model': 'drawn', 'prompt': 'The cat', 'max_tokens': 30";
        String greedy = post("/v1/completions", asked + ", 'temperature': 0}")
                .at("/choices/0/text")
                .asString();
        for (int seed = 0; seed < 3; seed++) {
            assertThat(post("/v1/completions", asked + ", 'seed': " + seed + "}")
                            .at("/choices/0/text")
                            .asString())
                    .isEqualTo(greedy);
        }
        assertThat(post("/v1/models/drawn:predict", "{'instances': ['The cat']}")
                        .at("/predictions/0/text")
                        .asString())
                .startsWith(greedy);
    }
}
