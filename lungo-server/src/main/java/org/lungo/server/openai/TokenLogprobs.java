package org.lungo.server.openai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.TokenScore;
import org.lungo.preprocess.tokenizer.Tokenizer;

/** Collects the logprobs of tokens, answer by answer, and writes them in OpenAI's forms. */
final class TokenLogprobs {
    private final Tokenizer tokenizer;
    private final TextShape shape;
    private final List<List<TokenScore>> pending = new ArrayList<>();
    private final int[] offsets;
    private final boolean echo;

    /** @param echo whether those of the prompts come first */
    TokenLogprobs(Tokenizer tokenizer, TextShape shape, int answers, boolean echo) {
        this.echo = echo;
        this.tokenizer = tokenizer;
        this.shape = shape;
        this.offsets = new int[answers];
        for (int i = 0; i < answers; i++) {
            pending.add(new ArrayList<>());
        }
    }

    /** Whether those of the prompts come first. */
    boolean echo() {
        return echo;
    }

    /** Keeps the score of a token of {@code answer}, or of its prompt. */
    void add(int answer, TokenScore token) {
        pending.get(answer).add(token);
    }

    /** The logprobs of the tokens of {@code answer} since the last call. */
    Map<String, @Nullable Object> take(int answer) {
        List<TokenScore> scores = pending.set(answer, new ArrayList<>());
        return shape == TextShape.CHAT ? conversation(scores) : completion(scores, answer);
    }

    private Map<String, @Nullable Object> completion(List<TokenScore> scores, int answer) {
        List<String> tokens = new ArrayList<>();
        List<@Nullable Double> logprobs = new ArrayList<>();
        List<@Nullable Map<String, Double>> likeliest = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (TokenScore score : scores) {
            String text = text(score);
            tokens.add(text);
            boolean isFirst = Double.isNaN(score.logProbability()); // nothing stands before the first token of a prompt
            logprobs.add(isFirst ? null : score.logProbability());
            likeliest.add(isFirst ? null : likeliest(score));
            places.add(offsets[answer]);
            offsets[answer] += text.length();
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("tokens", tokens);
        all.put("token_logprobs", logprobs);
        all.put("top_logprobs", likeliest);
        all.put("text_offset", places);
        return all;
    }

    /** The likeliest tokens and, where it is none of them, the one that was sampled. */
    private Map<String, Double> likeliest(TokenScore score) {
        Map<String, Double> best = new LinkedHashMap<>();
        score.likeliest().forEach(other -> best.putIfAbsent(text(other), other.logProbability()));
        best.putIfAbsent(text(score), score.logProbability());
        return best;
    }

    private Map<String, @Nullable Object> conversation(List<TokenScore> scores) {
        List<Object> content = new ArrayList<>();
        for (TokenScore score : scores) {
            Map<String, Object> token = entry(score);
            List<TokenScore> best = new ArrayList<>(score.likeliest());
            if (!best.isEmpty() && best.stream().noneMatch(other -> other.token() == score.token())) {
                best.add(score); // the one that was sampled is always among them
            }
            token.put("top_logprobs", best.stream().map(this::entry).toList());
            content.add(token);
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("content", content);
        all.put("refusal", null);
        return all;
    }

    private Map<String, Object> entry(TokenScore score) {
        String text = text(score);
        List<Integer> bytes = new ArrayList<>();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(value & 0xff);
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("token", text);
        entry.put("logprob", score.logProbability());
        entry.put("bytes", bytes);
        return entry;
    }

    /** The text of a token; of one that is not in the tokenizer its number. */
    private String text(TokenScore score) {
        return tokenizer.has((int) score.token()) ? tokenizer.decode((int) score.token()) : "<" + score.token() + ">";
    }
}
