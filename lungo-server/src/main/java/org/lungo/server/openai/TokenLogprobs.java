package org.lungo.server.openai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.TokenScore;
import org.lungo.preprocess.tokenizer.Tokenizer;

/** Collects the logprobs of tokens, answer by answer, and writes them in OpenAI's forms. */
final class TokenLogprobs implements TextQuestion.Pieces {
    private final Tokenizer tokenizer;
    private final TextShape shape;
    private final List<List<TokenScore>> pending = new ArrayList<>();
    private final int[] offsets;

    TokenLogprobs(Tokenizer tokenizer, TextShape shape, int answers) {
        this.tokenizer = tokenizer;
        this.shape = shape;
        this.offsets = new int[answers];
        for (int i = 0; i < answers; i++) {
            pending.add(new ArrayList<>());
        }
    }

    @Override
    public void scored(int answer, TokenScore token) {
        pending.get(answer).add(token);
    }

    /** The logprobs of the tokens of {@code answer} since the last call. */
    Map<String, @Nullable Object> take(int answer) {
        List<TokenScore> scores = pending.set(answer, new ArrayList<>());
        return shape == TextShape.CHAT ? conversation(scores) : completion(scores, answer);
    }

    private Map<String, @Nullable Object> completion(List<TokenScore> scores, int answer) {
        List<String> tokens = new ArrayList<>();
        List<Double> logprobs = new ArrayList<>();
        List<Map<String, Double>> likeliest = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (TokenScore score : scores) {
            String text = text(score);
            tokens.add(text);
            logprobs.add(score.logProbability());
            Map<String, Double> best = new LinkedHashMap<>();
            score.likeliest().forEach(other -> best.putIfAbsent(text(other), other.logProbability()));
            likeliest.add(best);
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

    private Map<String, @Nullable Object> conversation(List<TokenScore> scores) {
        List<Object> content = new ArrayList<>();
        for (TokenScore score : scores) {
            Map<String, Object> token = entry(score);
            token.put(
                    "top_logprobs", score.likeliest().stream().map(this::entry).toList());
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
