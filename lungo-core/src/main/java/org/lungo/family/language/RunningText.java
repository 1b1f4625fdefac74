package org.lungo.family.language;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.TokenScore;
import org.lungo.deploy.text.Written;
import org.lungo.preprocess.tokenizer.StreamDecoder;
import org.lungo.tensor.Random;

/** One text of a {@link TextBatch}: what stands there, and what is still to come. */
final class RunningText {
    private final TextGenerator generator;
    private final TextRequest request;
    private final List<Long> all;
    private final int begun;
    private final StopTexts text;
    private final StreamDecoder decoder;
    private final BitSet seen = new BitSet();
    private final SampledTokens sampled = new SampledTokens();
    private RandomGenerator random;
    private int part;

    RunningText(TextGenerator generator, TextRequest request) {
        this.generator = generator;
        this.request = request;
        this.all = generator.begin(request.prompt());
        this.begun = all.size();
        this.text = new StopTexts(
                request.settings().stops(), piece -> request.listener().written(piece));
        this.decoder = generator.bundle().tokenizer().stream();
        this.random = beginPart();
    }

    /** Each part that the model reads afresh has its own random numbers and its own repetitions. */
    private RandomGenerator beginPart() {
        seen.clear();
        for (long token : seen()) {
            seen.set((int) token);
        }
        long seed = request.settings().seed() + part;
        return Random.of(seed).stream("row", request.choice()).generator();
    }

    /** The tokens that the model is to see before it continues. */
    long[] seen() {
        return generator.seen(all);
    }

    private int tokens() {
        return all.size() - begun;
    }

    /** The token to continue with. */
    long last() {
        return all.get(all.size() - 1);
    }

    boolean isWanted() {
        return request.listener().isWanted();
    }

    /**
     * Chooses the next token by {@code logits}, [vocabulary].
     *
     * @param full whether the model's context is full
     * @return how the text continues
     */
    Next choose(float[] logits, boolean full) {
        if (!request.listener().wantsText()) {
            end(false);
            return Next.END;
        }
        int token = drawn(logits);
        if (request.likeliest() >= 0 && !generator.ends().contains((long) token)) {
            request.listener().scored(TokenScore.of(logits, token, request.likeliest()));
        }
        Next next = take(token, full);
        if (next == Next.READ_AGAIN) {
            part++;
            random = beginPart();
        }
        return next;
    }

    /** Whether the tokens of the prompt are to be scored: while it is read, for the first time. */
    boolean scoresPrompt() {
        return request.likeliest() >= 0 && tokens() == 0 && request.listener().wantsPrompt();
    }

    /**
     * Scores the next tokens of the prompt; the first has no text before it, and no score.
     *
     * @param from the place in the prompt of the first of the tokens that were read
     * @param logits of what follows each of them, [tokens * vocabulary]
     */
    void scorePrompt(int from, float[] logits, int vocabulary) {
        List<Long> prompt = request.prompt();
        if (from == 0 && !prompt.isEmpty()) {
            request.listener().prompted(new TokenScore(prompt.get(0), Double.NaN, List.of()));
        }
        for (int i = 0; i < logits.length / vocabulary && from + i + 1 < prompt.size(); i++) {
            float[] own = Arrays.copyOfRange(logits, i * vocabulary, (i + 1) * vocabulary);
            int token = Math.toIntExact(prompt.get(from + i + 1));
            request.listener().prompted(TokenScore.of(own, token, request.likeliest()));
        }
    }

    private int drawn(float[] logits) {
        Sampling sampling = request.settings().sampling();
        TokenDistribution distribution = TokenDistribution.of(sampled.penalised(logits, sampling), seen, sampling);
        return distribution.at(distribution.tokens().length == 1 ? 0 : random.nextDouble());
    }

    private Next take(int token, boolean full) {
        boolean first = tokens() == 0;
        boolean last = generator.ends().contains((long) token);
        if (!last) {
            all.add((long) token);
            seen.set(token);
            sampled.add(token);
            last = !text.add(decoder.add(token));
        }
        if (first) {
            request.listener().begun();
        }
        if (last || tokens() == request.settings().maxTokens()) {
            end(last);
            return Next.END;
        }
        return full ? Next.READ_AGAIN : Next.GO_ON;
    }

    /** Ends it where it stands. */
    void end(boolean stopped) {
        text.end(decoder.finish());
        request.listener().ended(new Written(text.written(), request.prompt().size(), tokens(), stopped));
    }

    /** How a text continues. */
    enum Next {
        /** With the token that was chosen. */
        GO_ON,
        /** With {@link RunningText#seen} read afresh, since the context was full. */
        READ_AGAIN,
        /** Not at all. */
        END
    }
}
