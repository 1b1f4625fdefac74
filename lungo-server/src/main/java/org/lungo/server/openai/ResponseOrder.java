package org.lungo.server.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.lungo.deploy.text.Message;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.TextLimits;
import org.lungo.server.http.HttpFailure;

/** Reads a request of OpenAI's Responses API for a text. */
final class ResponseOrder {
    private static final Set<String> READ = Set.of(
            "model", "input", "instructions", "max_output_tokens", "temperature", "top_p", "stream", "stream_options");

    private static final Map<String, Predicate<Object>> UNSUPPORTED = Map.ofEntries(
            Map.entry("tools", value -> value.equals(List.of())),
            Map.entry("tool_choice", value -> value.equals("none") || value.equals("auto")),
            Map.entry("max_tool_calls", value -> false),
            Map.entry("previous_response_id", value -> false),
            Map.entry("conversation", value -> false),
            Map.entry("store", value -> value.equals(false)),
            Map.entry("background", value -> value.equals(false)),
            Map.entry("include", value -> value.equals(List.of())),
            Map.entry("prompt", value -> false),
            Map.entry("reasoning", value -> value.equals(Map.of())),
            Map.entry("text", ResponseOrder::isPlain),
            Map.entry("top_logprobs", value -> value.equals(0L)),
            Map.entry("truncation", value -> value.equals("disabled")),
            Map.entry("context_management", value -> value.equals(List.of())),
            Map.entry("moderation", value -> false));

    private static final String NOT_KEPT = "responses are not kept, so send the whole conversation as input";
    private static final Accepted ACCEPTED = Accepted.of(
            READ,
            false,
            UNSUPPORTED,
            Map.of(
                    "previous_response_id",
                    NOT_KEPT,
                    "conversation",
                    NOT_KEPT,
                    "store",
                    "responses are not kept, so leave it out or say false",
                    "background",
                    "responses are not kept, so leave it out or say false"));

    private ResponseOrder() {}

    /** Whether {@code text} asks for a text without a form, as long as the model likes. */
    private static boolean isPlain(Object text) {
        return text instanceof Map<?, ?> fields
                && (fields.get("format") == null || fields.get("format").equals(Map.of("type", "text")))
                && (fields.get("verbosity") == null || fields.get("verbosity").equals("medium"))
                && Set.of("format", "verbosity").containsAll(fields.keySet());
    }

    /**
     * Reads all but the messages.
     *
     * @param usual how tokens are drawn where the request does not say
     * @throws HttpFailure 400 naming the field
     */
    static TextOrder read(Fields fields, Sampling usual) {
        ACCEPTED.require(fields, Set.of());
        Fields stream = fields.fields("stream_options");
        stream.requireOnly(Set.of("include_obfuscation"));
        stream.isTrue("include_obfuscation"); // passed over, once it is one of both
        return new TextOrder(
                1,
                (int) fields.integer("max_output_tokens", TextOrder.UNSAID, 1, TextLimits.MAX_TOKENS),
                TextOrder.sampling(fields, usual),
                List.of(),
                ThreadLocalRandom.current().nextLong(),
                new TextOrder.Form(fields.isTrue("stream"), false, -1, false));
    }

    /** The instructions, as a message of the system, and the input. */
    static List<Message> messages(Fields fields) {
        List<Message> messages = new ArrayList<>();
        if (fields.has("instructions")) {
            messages.add(new Message("system", fields.text("instructions")));
        }
        if (fields.get("input") instanceof String text) {
            messages.add(new Message("user", text));
        } else {
            messages.addAll(Messages.INPUT.read(fields));
        }
        return messages;
    }
}
