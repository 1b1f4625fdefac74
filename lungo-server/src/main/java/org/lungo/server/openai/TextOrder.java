package org.lungo.server.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.TextLimits;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.server.http.HttpFailure;

/**
 * What a request for texts says besides its prompt.
 *
 * @param choices how many answers to each prompt
 * @param maxTokens maximum number of tokens of an answer; 0 where the prompt is scored alone, {@link #UNSAID} when the
 *     request does not say
 */
record TextOrder(int choices, int maxTokens, Sampling sampling, List<String> stops, long seed, Form form) {
    /**
     * The form of the answer.
     *
     * @param stream whether the answer is to come in pieces
     * @param usage whether the last piece is to say how many tokens there were
     * @param likeliest how many of the likeliest tokens come with each token; below 0 the answer has no logprobs
     * @param echo whether an answer begins with its prompt
     */
    record Form(boolean stream, boolean usage, int likeliest, boolean echo) {}

    /** Stands for no maximum. */
    static final int UNSAID = -1;

    private static final int MAX_LIKELIEST = 20;
    private static final int MAX_CHOICES = 128;

    /** OpenAI's, in both directions. */
    private static final double MAX_PENALTY = 2;

    private static final Set<String> READ = Set.of(
            "model",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "n",
            "stop",
            "seed",
            "frequency_penalty",
            "presence_penalty",
            "logprobs",
            "top_logprobs",
            "stream",
            "stream_options");

    /** What would change the answer, with the values that ask for nothing. */
    private static final Map<String, Predicate<Object>> UNSUPPORTED = Map.ofEntries(
            Map.entry("tools", value -> value.equals(List.of())),
            Map.entry("tool_choice", value -> value.equals("none") || value.equals("auto")),
            Map.entry("functions", value -> value.equals(List.of())),
            Map.entry("function_call", value -> value.equals("none")),
            Map.entry("response_format", value -> value.equals(Map.of("type", "text"))),
            Map.entry("logit_bias", value -> value.equals(Map.of())),
            Map.entry("suffix", value -> value.equals("")),
            Map.entry("best_of", value -> value.equals(1L)),
            Map.entry("modalities", value -> value.equals(List.of("text"))),
            Map.entry("audio", value -> false),
            Map.entry("prediction", value -> false),
            Map.entry("reasoning_effort", value -> false),
            Map.entry("web_search_options", value -> false));

    private static final Accepted ACCEPTED = Accepted.of(READ, true, UNSUPPORTED, Map.of());

    /**
     * Reads it.
     *
     * @param prompt the name of the field with the prompt
     * @param usual how tokens are drawn where the request does not say
     * @throws HttpFailure 400 naming the field
     */
    static TextOrder read(Fields fields, String prompt, Sampling usual) {
        boolean conversation = prompt.equals("messages");
        ACCEPTED.require(fields, conversation ? Set.of(prompt) : Set.of(prompt, "echo"));
        if (fields.has("max_tokens") && fields.has("max_completion_tokens")) {
            throw Fields.bad("max_tokens", "max_tokens and max_completion_tokens are the same; say one of them");
        }
        String maxField = fields.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        boolean echo = !conversation && fields.isTrue("echo");
        Fields stream = fields.fields("stream_options");
        stream.requireOnly(Set.of("include_usage", "include_obfuscation"));
        stream.isTrue("include_obfuscation"); // passed over, once it is one of both
        return new TextOrder(
                (int) fields.integer("n", 1, 1, MAX_CHOICES),
                (int) fields.integer(maxField, UNSAID, echo ? 0 : 1, TextLimits.MAX_TOKENS),
                sampling(fields, usual)
                        .sampledPenalties(penalty(fields, "frequency_penalty"), penalty(fields, "presence_penalty")),
                stops(fields),
                fields.integer("seed", ThreadLocalRandom.current().nextLong(), Long.MIN_VALUE, Long.MAX_VALUE),
                new Form(
                        fields.isTrue("stream"),
                        stream.isTrue("include_usage"),
                        likeliest(fields, conversation),
                        echo));
    }

    /** How tokens are drawn; {@code usual} where the request does not say. */
    static Sampling sampling(Fields fields, Sampling usual) {
        double share = fields.number("top_p", usual.topP(), 0, 1);
        if (share == 0) {
            throw Fields.bad("top_p", "top_p must be above 0 and at most 1. Received: 0");
        }
        return usual.temperature(fields.number("temperature", usual.temperature(), 0, TextLimits.MAX_TEMPERATURE))
                .topP(share);
    }

    private static double penalty(Fields fields, String name) {
        return fields.number(name, 0, -MAX_PENALTY, MAX_PENALTY);
    }

    /** A completion says a number, a conversation whether, and then a number. */
    private static int likeliest(Fields fields, boolean conversation) {
        Object said = fields.get("logprobs");
        boolean wanted = said != null && !said.equals(false);
        if (!conversation || !wanted) {
            if (fields.has("top_logprobs")) {
                throw Fields.bad("top_logprobs", "top_logprobs needs a conversation with logprobs: true");
            }
            return wanted ? (int) fields.integer("logprobs", 0, 0, MAX_LIKELIEST) : -1;
        }
        fields.isTrue("logprobs"); // refuses what is no boolean
        return (int) fields.integer("top_logprobs", 0, 0, MAX_LIKELIEST);
    }

    private static List<String> stops(Fields fields) {
        Object value = fields.get("stop");
        List<?> said = value instanceof String ? List.of(value) : fields.list("stop");
        List<String> stops = TextLimits.stops(said == null ? List.of() : said);
        if (stops == null) {
            throw fields.expected("stop", TextLimits.EXPECTED_STOPS);
        }
        return stops;
    }

    /** What the model is asked; {@code pieces} hears of the answers. */
    TextQuestion question(List<List<Long>> prompts, GenerationSettings settings, TextQuestion.Pieces pieces) {
        return new TextQuestion(prompts, choices, settings, form.likeliest(), pieces);
    }

    /** How texts are written: at most {@code absent} tokens unless the request says so. */
    GenerationSettings settings(int absent, List<String> moreStops) {
        List<String> all = new ArrayList<>(stops);
        all.addAll(moreStops);
        int most = maxTokens == UNSAID ? absent : Math.max(1, maxTokens); // with 0, Scores wants no answer at all
        return new GenerationSettings(most, sampling, all, seed);
    }
}
