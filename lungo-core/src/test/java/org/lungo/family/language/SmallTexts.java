package org.lungo.family.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.Sampling;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/** Models of the letters a to h and of context {@value #CONTEXT}, and what they must write. */
public final class SmallTexts {
    static final int CONTEXT = 24;

    public static final List<String> PROMPTS =
            List.of("a", "bcde", "", "fghabcdefgh", "cab", "hhgf", "ed", "abcabcabc");

    private SmallTexts() {}

    /** A model with large weights, so that its choices are clear. */
    static TextGenerator generator(boolean gpt, Long... ends) {
        return generator(gpt, CONTEXT, ends);
    }

    static TextGenerator generator(boolean gpt, int context, Long... ends) {
        Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.CHAR, 100)
                .train(List.of("abcdefgh").iterator());
        int size = tokenizer.size();
        LanguageModel model = gpt
                ? Gpt.Config.of(size, context, 2, 2, 32, 0).build(Random.of(3))
                : new Llama.Config(size, context, 2, 32, 48, new Llama.Heads(4, 2, 8), Llama.Details.LLAMA)
                        .build(Random.of(3));
        Parameters.of(model).trainable().forEach(weight -> weight.mulInPlace(8));
        return new TextGenerator(new LanguageBundle(model, tokenizer), Set.of(ends));
    }

    public static List<Long> tokens(TextGenerator generator, String text) {
        int[] ids = generator.bundle().tokenizer().encode(text);
        return Arrays.stream(ids).mapToObj(id -> (long) id).toList();
    }

    /**
     * The tokens that must follow: from the logits of the whole text, without a cache and without other texts. Where the
     * context is full the model sees the last half of it, with random numbers of its own.
     */
    public static List<Long> expected(
            TextGenerator generator, List<Long> prompt, GenerationSettings settings, int choice) {
        LanguageModel model = generator.bundle().model();
        List<Long> written = new ArrayList<>();
        List<Long> window = new ArrayList<>(prompt.isEmpty() ? List.of(0L) : prompt);
        int context = model.context();
        for (int part = 0; written.size() < settings.maxTokens(); part++) {
            if (window.size() >= context) {
                window = new ArrayList<>(window.subList(window.size() - context / 2, window.size()));
            }
            RandomGenerator random =
                    Random.of(settings.seed() + part).stream("row", choice).generator();
            do {
                int token = next(model, window, settings.sampling(), random);
                if (generator.ends().contains((long) token)) {
                    return written;
                }
                window.add((long) token);
                written.add((long) token);
            } while (window.size() <= context && written.size() < settings.maxTokens());
        }
        return written;
    }

    private static int next(LanguageModel model, List<Long> window, Sampling sampling, RandomGenerator random) {
        long[] tokens = window.stream().mapToLong(token -> token).toArray();
        float[] logits = model.forward(Tensor.of(tokens, 1, tokens.length), null)
                .select(1, -1)
                .toFloats();
        BitSet seen = new BitSet();
        window.forEach(token -> seen.set(token.intValue()));
        TokenDistribution distribution = TokenDistribution.of(logits, seen, sampling);
        return distribution.at(distribution.tokens().length == 1 ? 0 : random.nextDouble());
    }

    /** Without special tokens. */
    public static String decoded(TextGenerator generator, List<Long> tokens) {
        Tokenizer tokenizer = generator.bundle().tokenizer();
        return tokenizer.decode(tokens.stream()
                .mapToInt(Long::intValue)
                .filter(token -> !tokenizer.isSpecial(token))
                .toArray());
    }
}
