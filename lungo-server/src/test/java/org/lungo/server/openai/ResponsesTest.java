package org.lungo.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.server.Caller;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/responses}: what is read, what comes back whole and as events, what is refused. */
class ResponsesTest {
    private static final String PATH = "/v1/responses";
    private static final String CHAT = "/v1/chat/completions";
    private static final JsonMapper JSON = new JsonMapper();

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

    private static String body(String fields) {
        return "{\"model\":\"talk\",\"temperature\":0," + fields + "}";
    }

    private static String text(JsonNode response) {
        return response.at("/output/0/content/0/text").asString();
    }

    @Test
    void answersAsAConversationDoes() throws Exception {
        JsonNode response = service.post(PATH, body("\"input\":\"how are you?\",\"instructions\":\"be kind\""));
        JsonNode chat = service.post(
                CHAT,
                body(
                        "\"messages\":[{\"role\":\"system\",\"content\":\"be kind\"},{\"role\":\"user\",\"content\":\"how are"
                                + " you?\"}]"));
        assertThat(text(response))
                .isNotEmpty()
                .isEqualTo(chat.at("/choices/0/message/content").asString());
        boolean stopped = chat.at("/choices/0/finish_reason").asString().equals("stop");
        assertThat(response.get("status").asString()).isEqualTo(stopped ? "completed" : "incomplete");
        assertThat(response.get("object").asString()).isEqualTo("response");
        assertThat(response.get("id").asString()).matches("resp_[0-9a-f]{32}");
        assertThat(response.get("model").asString()).isEqualTo("talk");
        assertThat(response.get("instructions").asString()).isEqualTo("be kind");
        assertThat(response.get("store").asBoolean()).isFalse();
        assertThat(response.at("/output/0/role").asString()).isEqualTo("assistant");
        assertThat(response.at("/output/0/content/0/type").asString()).isEqualTo("output_text");
        JsonNode usage = response.get("usage");
        assertThat(usage.get("input_tokens")).isEqualTo(chat.at("/usage/prompt_tokens"));
        assertThat(usage.get("output_tokens")).isEqualTo(chat.at("/usage/completion_tokens"));
        assertThat(usage.get("total_tokens")).isEqualTo(chat.at("/usage/total_tokens"));
        assertThat(usage.at("/input_tokens_details/cached_tokens").asInt()).isZero();
        assertThat(usage.at("/output_tokens_details/reasoning_tokens").asInt()).isZero();
    }

    /** What a client sends back of an earlier response is an input, too. */
    @Test
    void readsMessagesAndPartsOfTexts() throws Exception {
        String parts = "\"input\":[{\"role\":\"developer\",\"content\":\"be\"},"
                + "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"how \"},"
                + "{\"type\":\"input_text\",\"text\":\"are\"}]},"
                + "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":"
                + "[{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"well\"}]},"
                + "{\"role\":\"user\",\"content\":\"you?\"}],\"max_output_tokens\":6";
        String messages = "\"messages\":[{\"role\":\"system\",\"content\":\"be\"},{\"role\":\"user\",\"content\":\"how"
                + " are\"},{\"role\":\"assistant\",\"content\":\"well\"},{\"role\":\"user\",\"content\":\"you?\"}],"
                + "\"max_tokens\":6";
        JsonNode response = service.post(PATH, body(parts));
        JsonNode chat = service.post(CHAT, body(messages));
        assertThat(text(response))
                .isEqualTo(chat.at("/choices/0/message/content").asString());
        assertThat(response.at("/usage/input_tokens")).isEqualTo(chat.at("/usage/prompt_tokens"));
    }

    @Test
    void saysWhyATextIsNotComplete() throws Exception {
        JsonNode response = service.post(PATH, body("\"input\":\"how\",\"max_output_tokens\":2"));
        assertThat(response.get("status").asString()).isEqualTo("incomplete");
        assertThat(response.at("/incomplete_details/reason").asString()).isEqualTo("max_output_tokens");
        assertThat(response.at("/output/0/status").asString()).isEqualTo("incomplete");
        assertThat(response.at("/usage/output_tokens").asInt()).isEqualTo(2);
        assertThat(response.get("max_output_tokens").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"max_output_tokens\":3", "\"instructions\":\"be kind\""})
    void streamsTheEventsOfAResponse(String more) throws Exception {
        String asked = "\"input\":\"how are you?\"," + more;
        JsonNode whole = service.post(PATH, body(asked));
        List<JsonNode> events = events(body(asked + ",\"stream\":true"));
        List<String> types =
                events.stream().map(event -> event.get("type").asString()).toList();
        String end = "response." + whole.get("status").asString();
        assertThat(types.stream().distinct())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        end);
        StringBuilder deltas = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            JsonNode event = events.get(i);
            assertThat(event.get("sequence_number").asInt()).isEqualTo(i);
            deltas.append(event.path("delta").asString(""));
        }
        JsonNode last = events.get(events.size() - 1).get("response");
        JsonNode item = events.get(events.size() - 2).get("item");
        assertThat(deltas.toString()).isEqualTo(text(whole)).isEqualTo(text(last));
        assertThat(item).isEqualTo(last.at("/output/0"));
        assertThat(events.get(4).get("item_id")).isEqualTo(item.get("id"));
        assertThat(last.get("usage")).isEqualTo(whole.get("usage"));
        assertThat(last.get("incomplete_details")).isEqualTo(whole.get("incomplete_details"));
        assertThat(events.get(0).at("/response/status").asString()).isEqualTo("in_progress");
        assertThat(events.get(0).at("/response/id")).isEqualTo(last.get("id"));
    }

    /** Checks that each event has its name, and that no mark of OpenAI's other streams ends them. */
    private static List<JsonNode> events(String body, String... headers) throws Exception {
        Caller.Reply reply = service.caller().post(PATH, body, headers);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.response().headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
        List<JsonNode> events = new ArrayList<>();
        for (String event : reply.text().split("\n\n")) {
            String[] lines = event.split("\n");
            assertThat(lines).hasSize(2);
            JsonNode data = JSON.readTree(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + data.get("type").asString());
            events.add(data);
        }
        return events;
    }

    @Test
    void aStreamSaysWhatFailed() throws Exception {
        List<JsonNode> events = events(
                body("\"input\":\"how\",\"max_output_tokens\":1000000,\"stream\":true"), "Lungo-Deadline-Ms", "300");
        JsonNode error = events.get(events.size() - 2);
        assertThat(error.get("type").asString()).isEqualTo("error");
        assertThat(error.get("code").asString()).isEqualTo("timeout");
        JsonNode failed = events.get(events.size() - 1);
        assertThat(failed.get("type").asString()).isEqualTo("response.failed");
        assertThat(failed.at("/response/status").asString()).isEqualTo("failed");
        assertThat(failed.at("/response/error/message")).isEqualTo(error.get("message"));
        assertThat(failed.at("/response/error/code").asString()).isEqualTo("server_error");
    }

    @Test
    void passesOverWhatAsksForNothing() throws Exception {
        JsonNode response = service.post(
                PATH,
                body(
                        "\"input\":\"how\",\"max_output_tokens\":2,\"store\":false,\"metadata\":{\"a\":\"b\"},\"tools\":[],"
                                + "\"tool_choice\":\"auto\",\"parallel_tool_calls\":true,\"truncation\":\"disabled\","
                                + "\"text\":{\"format\":{\"type\":\"text\"}},\"background\":false,\"include\":[],"
                                + "\"previous_response_id\":null,\"user\":\"u\",\"reasoning\":{},\"top_p\":0.9"));
        assertThat(response.at("/metadata/a").asString()).isEqualTo("b");
        assertThat(response.get("top_p").asDouble()).isEqualTo(0.9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | input must be a text, or a list of messages. Received: null | input",
                "{\"input\":[]} | input must have at least one message and at most 2048. Received: an empty list | input",
                "{\"input\":[1]} | input[0] must be an object. Received: | input",
                "{\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"\"}]} | input[0].type must be message; tools and references are not supported. Received: 'function_call_output' | input",
                "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}]} | images and sound are not supported. Received: a part of type 'input_image' | input",
                "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\"}]}]} | input[0].content must be a text, or a list of {\"type\": \"input_text\", \"text\": ...} | input",
                "{\"input\":[{\"role\":\"tool\",\"content\":\"\"}]} | input[0].role must be | input",
                "{\"input\":\"a\",\"instructions\":1} | instructions must be a text. Received: 1 | instructions",
                "{\"input\":\"a\",\"max_output_tokens\":0} | max_output_tokens must be a whole number between 1 and | max_output_tokens",
                "{\"input\":\"a\",\"max_tokens\":5} | unknown field 'max_tokens' | max_tokens",
                "{\"input\":\"a\",\"tools\":[{\"type\":\"web_search\"}]} | tools is not supported; leave it out | tools",
                "{\"input\":\"a\",\"previous_response_id\":\"resp_1\"} | previous_response_id is not supported; responses are not kept, so send the whole conversation as input | previous_response_id",
                "{\"input\":\"a\",\"conversation\":\"c\"} | conversation is not supported; responses are not kept | conversation",
                "{\"input\":\"a\",\"store\":true} | store is not supported; responses are not kept, so leave it out or say false | store",
                "{\"input\":\"a\",\"background\":true} | background is not supported; responses are not kept, so leave | background",
                "{\"input\":\"a\",\"text\":{\"format\":{\"type\":\"json_object\"}}} | text is not supported; leave it out | text",
                "{\"input\":\"a\",\"truncation\":\"auto\"} | truncation is not supported | truncation",
                "{\"input\":\"a\",\"top_p\":0} | top_p must be above 0 | top_p",
                "{\"input\":\"a\",\"stream_options\":{\"include_usage\":true}} | unknown field 'include_usage' | include_usage"
            })
    void refusesByName(String fields, String message, String param) throws Exception {
        String body = "{\"model\":\"talk\"" + (fields.equals("{}") ? "" : ",") + fields.substring(1);
        Caller.Reply reply = service.caller().post(PATH, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        JsonNode error = reply.json().get("error");
        assertThat(error.get("message").asString()).contains(message);
        assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.get("param").asString()).isEqualTo(param);
    }
}
