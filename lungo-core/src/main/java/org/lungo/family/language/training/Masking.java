package org.lungo.family.language.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;

/**
 * Which tokens of a text a model is asked for, and what it sees in their places. Words are drawn whole (a piece that
 * begins with {@code ##} belongs to the word before it; a Chinese character is a word) until 15 % of the tokens are taken.
 * Of these 80 % are shown as {@code [MASK]}, 10 % as any token, 10 % as they are. Devlin et al. 2018, arXiv:1810.04805,
 * section 3.1 and appendix A.1; whole words as in the published code's {@code create_pretraining_data.py}. Deviation: any
 * token is one that stands for text.
 */
public final class Masking {
    /** The share of the tokens that a model is asked for. */
    public static final double SHARE = 0.15;

    private static final double MASKED = 0.8;
    private static final double REPLACED = 0.9;

    private final int start;
    private final int end;
    private final int mask;
    private final boolean[] special;
    private final boolean[] continues;
    private final int[] replacements;

    private Masking(int start, int end, int mask, boolean[] special, boolean[] continues) {
        this.start = start;
        this.end = end;
        this.mask = mask;
        this.special = special;
        this.continues = continues;
        this.replacements =
                IntStream.range(0, special.length).filter(id -> !special[id]).toArray();
    }

    /**
     * The masking of texts of {@code tokenizer}'s tokens.
     *
     * @throws IllegalArgumentException when it has no {@code [CLS]}, {@code [SEP]} or {@code [MASK]}
     */
    public static Masking of(Tokenizer tokenizer) {
        int size = tokenizer.size();
        boolean[] special = new boolean[size];
        boolean[] continues = new boolean[size];
        for (int id = 0; id < size; id++) {
            special[id] = !tokenizer.has(id) || tokenizer.isSpecial(id);
            continues[id] = tokenizer.has(id) && tokenizer.token(id).startsWith("##");
        }
        return new Masking(
                required(tokenizer, "[CLS]"),
                required(tokenizer, "[SEP]"),
                required(tokenizer, "[MASK]"),
                special,
                continues);
    }

    private static int required(Tokenizer tokenizer, String token) {
        Integer id = tokenizer.id(token);
        if (id == null) {
            throw new IllegalArgumentException("a tokenizer must have [CLS], [SEP] and [MASK] for masked-language"
                    + " training; train one with --type wordpiece. Received: none called " + token);
        }
        return id;
    }

    /**
     * A text with masks.
     *
     * @param shown what the model sees, [tokens]: {@code [CLS]}, the text, {@code [SEP]}
     * @param places the tokens that it is asked for, rising, at least one
     * @param targets what really stands there
     */
    public record Masked(long[] shown, int[] places, long[] targets) {}

    /** Masks in {@code text}, at least one token; equal randomness gives equal masks. */
    Masked draw(long[] text, Random random) {
        Check.that(text.length > 0, "a text to mask must have a token", "none");
        long[] shown = new long[text.length + 2];
        shown[0] = start;
        System.arraycopy(text, 0, shown, 1, text.length);
        shown[shown.length - 1] = end;
        int[] places = places(text, random.stream("words"));
        long[] targets = Arrays.stream(places).mapToLong(place -> shown[place]).toArray();
        RandomGenerator generator = random.stream("masks").generator();
        for (int place : places) {
            double drawn = generator.nextDouble();
            int other = replacements[generator.nextInt(replacements.length)];
            shown[place] = drawn < MASKED ? mask : drawn < REPLACED ? other : shown[place];
        }
        return new Masked(shown, places, targets);
    }

    /** Places in the shown text, which has one token before {@code text}. A word that is too long for the rest is passed by. */
    private int[] places(long[] text, Random random) {
        int[] words = words(text); // [words + 1]
        int maxChosen = (int) Math.max(1, Math.round(text.length * SHARE));
        List<Integer> places = new ArrayList<>();
        for (int word : random.permutation(words.length - 1)) {
            int length = words[word + 1] - words[word];
            if (!special[(int) text[words[word]]] && places.size() + length <= maxChosen) {
                IntStream.range(words[word], words[word + 1]).forEach(place -> places.add(place + 1));
            }
        }
        if (places.isEmpty()) { // one long word, or special tokens alone
            places.add(1 + random.generator().nextInt(text.length));
        }
        return places.stream().mapToInt(place -> place).sorted().toArray();
    }

    /** Where each word begins, and the end. */
    private int[] words(long[] text) {
        IntStream starts = IntStream.range(0, text.length).filter(i -> i == 0 || !continues[(int) text[i]]);
        return IntStream.concat(starts, IntStream.of(text.length)).toArray();
    }
}
