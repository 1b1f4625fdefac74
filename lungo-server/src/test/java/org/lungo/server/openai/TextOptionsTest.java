package org.lungo.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.server.Caller;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What OpenAI's API offers besides the text: penalties, repeated prompts, logprobs of prompts, shorter vectors. */
class TextOptionsTest {
    private static final String PROMPT = "user: how are";

    @TempDir
    private static Path folder;

    private static TextService service;

    @BeforeAll
    static void start() throws Exception {
        service = TextService.start(folder);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonNode complete(String fields) throws Exception {
        return service.post(
                        "/v1/completions",
                        "{\"model\":\"talk\",\"prompt\":\"" + PROMPT + "\",\"max_tokens\":8," + fields + "}")
                .at("/choices/0");
    }

    /** Drawn hot, so that tokens are sampled that are not the likeliest. */
    @Test
    void theSampledTokenIsAmongTheLikeliest() throws Exception {
        JsonNode logprobs =
                complete("\"temperature\":2,\"seed\":3,\"logprobs\":1").get("logprobs");
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            JsonNode best = logprobs.get("top_logprobs").get(i);
            String token = logprobs.get("tokens").get(i).asString();
            assertThat(best.get(token)).isEqualTo(logprobs.get("token_logprobs").get(i));
            sizes.add(best.size());
        }
        assertThat(sizes).contains(2).containsAnyOf(1, 2).doesNotContain(0, 3);
        JsonNode content = service.post(
                        "/v1/chat/completions",
                        "{\"model\":\"talk\",\"max_tokens\":8,\"temperature\":2,\"seed\":3,\"logprobs\":true,\"top_logprobs\":1,"
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"how\"}]}")
                .at("/choices/0/logprobs/content");
        for (JsonNode token : content) {
            assertThat(token.get("top_logprobs").findValuesAsString("token"))
                    .contains(token.get("token").asString());
        }
    }

    @Test
    void repeatsThePrompt() throws Exception {
        String plain = complete("\"temperature\":0").get("text").asString();
        assertThat(complete("\"temperature\":0,\"echo\":true").get("text").asString())
                .isEqualTo(PROMPT + plain);
        JsonNode several = service.post(
                        "/v1/completions",
                        "{\"model\":\"talk\",\"prompt\":[\"us\",\"a\"],\"n\":2,\"max_tokens\":2,\"echo\":true}")
                .get("choices");
        assertThat(several.findValuesAsString("text")).hasSize(4);
        assertThat(several.get(1).get("text").asString()).startsWith("us");
        assertThat(several.get(2).get("text").asString()).startsWith("a");
        String body = "{\"model\":\"talk\",\"prompt\":[4,5],\"max_tokens\":2,\"temperature\":0,\"echo\":true";
        String tokens = service.post("/v1/completions", body + "}")
                .at("/choices/0/text")
                .asString();
        assertThat(tokens).hasSize(4);
        assertThat(streamed(body + ",\"stream\":true}")).isEqualTo(tokens);
    }

    private static String streamed(String body) throws Exception {
        Caller.Reply reply = service.caller().post("/v1/completions", body);
        StringBuilder text = new StringBuilder();
        for (String event : reply.text().split("\n\n")) {
            if (!event.equals("data: [DONE]")) {
                text.append(new JsonMapper()
                        .readTree(event.substring(6))
                        .at("/choices/0/text")
                        .asString());
            }
        }
        return text.toString();
    }

    /** What the model holds of a prompt's token is what it holds of it as the next one. */
    @Test
    void scoresTheRepeatedPrompt() throws Exception {
        JsonNode logprobs =
                complete("\"temperature\":0,\"echo\":true,\"logprobs\":2").get("logprobs");
        assertThat(logprobs.get("tokens").size()).isEqualTo(PROMPT.length() + 8);
        assertThat(logprobs.at("/token_logprobs/0").isNull()).isTrue();
        assertThat(logprobs.at("/top_logprobs/0").isNull()).isTrue();
        for (int i = 1; i < PROMPT.length(); i++) {
            assertThat(logprobs.get("tokens").get(i).asString()).isEqualTo(PROMPT.substring(i, i + 1));
            assertThat(logprobs.get("text_offset").get(i).asInt()).isEqualTo(i);
            JsonNode next = service.post(
                            "/v1/completions",
                            "{\"model\":\"talk\",\"prompt\":\"" + PROMPT.substring(0, i)
                                    + "\",\"max_tokens\":1,\"temperature\":0,\"logprobs\":20}")
                    .at("/choices/0/logprobs/top_logprobs/0");
            assertThat(logprobs.get("token_logprobs").get(i).asDouble())
                    .isCloseTo(next.get(PROMPT.substring(i, i + 1)).asDouble(), within(1e-4));
        }
        JsonNode none = complete("\"temperature\":0,\"logprobs\":2").get("logprobs");
        assertThat(none.get("tokens").size()).isEqualTo(8);
    }

    /** As OpenAI's own completions do: a way to score texts. */
    @Test
    void scoresThePromptAlone() throws Exception {
        String body = "{\"model\":\"talk\",\"prompt\":[\"user: how\",\"be\"],\"max_tokens\":0,\"echo\":true";
        JsonNode both = service.post("/v1/completions", body + ",\"logprobs\":2}");
        JsonNode alone = both.at("/choices/0/logprobs");
        assertThat(both.at("/choices/0/text").asString()).isEqualTo("user: how");
        assertThat(both.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(alone.get("tokens")).hasSize(9);
        assertThat(alone.at("/token_logprobs/0").isNull()).isTrue();
        JsonNode longer = service.post(
                        "/v1/completions",
                        "{\"model\":\"talk\",\"prompt\":\"user: how\",\"max_tokens\":2,\"echo\":true,\"logprobs\":2}")
                .at("/choices/0/logprobs");
        for (int i = 1; i < 9; i++) {
            assertThat(alone.get("token_logprobs").get(i).asDouble())
                    .isCloseTo(longer.get("token_logprobs").get(i).asDouble(), within(1e-6));
            assertThat(alone.get("top_logprobs").get(i)).hasSizeBetween(2, 3);
        }
        assertThat(both.at("/choices/1/text").asString()).isEqualTo("be");
        assertThat(both.at("/usage/prompt_tokens").asInt()).isEqualTo(11);
        assertThat(both.at("/usage/completion_tokens").asInt()).isZero();
        assertThat(service.post("/v1/completions", body + "}")
                        .at("/choices/0/logprobs")
                        .isNull())
                .isTrue();
        String stream = service.caller()
                .post("/v1/completions", body + ",\"logprobs\":2,\"stream\":true}")
                .text();
        assertThat(stream)
                .contains("\"text\":\"user: how\"", "\"token_logprobs\":[null,")
                .endsWith("data: [DONE]\n\n");
    }

    /** A penalty of 2 at every token that was sampled: the most varied text; of -2, the least. */
    @Test
    void penaltiesChangeWhatIsSampled() throws Exception {
        String fields = "\"temperature\":0,\"max_tokens\":40";
        String body = "{\"model\":\"talk\",\"prompt\":\"user: how are\"," + fields;
        String plain = text(body + "}");
        assertThat(text(body + ",\"frequency_penalty\":0,\"presence_penalty\":0}"))
                .isEqualTo(plain);
        assertThat(letters(text(body + ",\"frequency_penalty\":2}")))
                .isGreaterThan(letters(text(body + ",\"frequency_penalty\":-2}")));
        assertThat(letters(text(body + ",\"presence_penalty\":2}")))
                .isGreaterThan(letters(text(body + ",\"presence_penalty\":-2}")));
    }

    private static String text(String body) throws Exception {
        return service.post("/v1/completions", body).at("/choices/0/text").asString();
    }

    private static int letters(String text) {
        Set<Integer> letters = new HashSet<>();
        text.chars().forEach(letters::add);
        return letters.size();
    }

    @Test
    void shortensVectorsToTheFirstDimensions() throws Exception {
        String body = "{\"model\":\"talk\",\"input\":\"be kind\"";
        JsonNode whole = service.post("/v1/embeddings", body + "}").at("/data/0/embedding");
        JsonNode first =
                service.post("/v1/embeddings", body + ",\"dimensions\":5}").at("/data/0/embedding");
        assertThat(first.size()).isEqualTo(5);
        double squares = 0;
        for (int i = 0; i < 5; i++) {
            squares += whole.get(i).asDouble() * whole.get(i).asDouble();
        }
        for (int i = 0; i < 5; i++) {
            assertThat(first.get(i).asDouble()).isCloseTo(whole.get(i).asDouble() / Math.sqrt(squares), within(1e-6));
        }
        assertThat(service.post("/v1/embeddings", body + ",\"dimensions\":32}").at("/data/0/embedding"))
                .hasSize(32);
    }
}
