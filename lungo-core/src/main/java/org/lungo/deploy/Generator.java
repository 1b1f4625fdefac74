package org.lungo.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.lungo.model.LanguageModel;
import org.lungo.nn.KeyValueCache;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Continues texts, token by token, with a language model. Prompts of different lengths are continued together; each is
 * continued as it would be alone, up to the rounding of logits, and a seed gives the same tokens again.
 *
 * <pre>{@code
 * Generator generator = new Generator(model);
 * Generator.Settings settings = new Generator.Settings(100, Set.of(50256L), Sampling.PLAIN.topP(0.9), 42);
 * Continuation answer = generator.generate(new long[] {15496, 11}, settings, TokenListener.NONE);
 * }</pre>
 *
 * @param model whose weights stay as they are meanwhile; threads may generate with one model at once
 */
public record Generator(LanguageModel model) {
    /**
     * What is generated.
     *
     * @param maxTokens the most new tokens of a text
     * @param stopTokens the tokens that end a text
     * @param sampling how tokens are chosen
     * @param seed where the random numbers start; each row of a batch has its own
     */
    public record Settings(int maxTokens, Set<Long> stopTokens, Sampling sampling, long seed) {
        public Settings {
            Check.positive("maxTokens", maxTokens);
            stopTokens = Set.copyOf(stopTokens);
        }
    }

    /** Continues one prompt of at least one token. */
    public Continuation generate(long[] prompt, Settings settings, TokenListener listener) {
        return generate(List.of(prompt), settings, listener).get(0);
    }

    /**
     * Continues prompts together. The longest and what is written behind it must fit the model's context: when it is full,
     * all texts end.
     *
     * @param prompts each with at least one token and fewer than the context
     * @return one for each prompt, in order
     */
    public List<Continuation> generate(List<long[]> prompts, Settings settings, TokenListener listener) {
        check(prompts);
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
        int capacity = (int) Math.min(model.context(), (long) longest + settings.maxTokens());
        List<Row> rows = new ArrayList<>();
        Random random = Random.of(settings.seed());
        for (int i = 0; i < prompts.size(); i++) {
            rows.add(new Row(i, prompts.get(i), settings, random.stream("row", i)));
        }
        long[] padding =
                prompts.stream().mapToLong(prompt -> longest - prompt.length).toArray();
        try (Scope scope = Scope.inference()) {
            KeyValueCache cache = model.cache(rows.size(), capacity).padded(padding);
            long[] fresh = leftPadded(prompts, longest);
            while (true) {
                float[][] logits = logits(fresh, rows.size(), cache);
                for (Row row : rows) {
                    row.choose(logits[row.index()], listener, cache.length() == model.context());
                }
                if (rows.stream().allMatch(Row::isDone)) {
                    return rows.stream().map(Row::continuation).toList();
                }
                fresh = rows.stream().mapToLong(Row::last).toArray();
            }
        }
    }

    /** Logits behind the last of the new tokens: a row of [vocabulary] for each text. */
    private float[][] logits(long[] fresh, int rows, KeyValueCache cache) {
        float[] logits;
        try (Scope step = Scope.inference()) {
            Tensor tokens = Tensor.of(fresh, rows, fresh.length / rows); // [rows, sequence]
            Tensor hidden = model.hidden(tokens, cache).select(1, -1); // [rows, hidden]
            logits = model.logits(hidden).toFloats(); // [rows, vocabulary]
        }
        int vocabulary = logits.length / rows;
        float[][] split = new float[rows][];
        Arrays.setAll(split, i -> Arrays.copyOfRange(logits, i * vocabulary, (i + 1) * vocabulary));
        return split;
    }

    private static long[] leftPadded(List<long[]> prompts, int longest) {
        long[] tokens = new long[Math.multiplyExact(prompts.size(), longest)];
        for (int i = 0; i < prompts.size(); i++) {
            long[] prompt = prompts.get(i);
            System.arraycopy(prompt, 0, tokens, (i + 1) * longest - prompt.length, prompt.length);
        }
        return tokens;
    }

    private void check(List<long[]> prompts) {
        Check.that(!prompts.isEmpty(), "expected at least one prompt", "none");
        for (int i = 0; i < prompts.size(); i++) {
            long[] prompt = prompts.get(i);
            String name = "prompt " + i;
            Check.that(
                    prompt.length >= 1 && prompt.length < model.context(),
                    name + " must have at least one token and fewer than the context of " + model.context()
                            + "; shorten it",
                    prompt.length + " tokens");
            for (long token : prompt) {
                Check.that(
                        token >= 0 && token < model.vocabulary(),
                        name + " must have tokens from 0 to " + (model.vocabulary() - 1)
                                + "; it may come from another model's tokenizer",
                        token);
            }
        }
    }
}
