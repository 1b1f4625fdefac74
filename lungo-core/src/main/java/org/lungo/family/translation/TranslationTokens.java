package org.lungo.family.translation;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.CorruptFileException;

/**
 * Texts and translations as token ids, both by one tokenizer: a text ends with {@value #END}, a translation begins with
 * {@value #START} and ends with {@value #END}.
 *
 * @param tokenizer which has those two tokens and {@value #PADDING}
 */
public record TranslationTokens(Tokenizer tokenizer) {
    /** What fills short sequences of a batch. */
    public static final String PADDING = "<pad>";

    /** Before a translation. */
    public static final String START = "<s>";

    /** Behind a text or a translation. */
    public static final String END = "</s>";

    public TranslationTokens {
        for (String token : List.of(PADDING, START, END)) {
            if (tokenizer.id(token) == null) {
                throw new CorruptFileException("a tokenizer for translation must have the tokens " + PADDING + ", "
                        + START + " and " + END + ". Received: one without " + token);
            }
        }
    }

    /** Learns pieces of words from texts and translations together. */
    public static TranslationTokens learn(Iterator<String> texts, TokenizerTraining.Type type, int size) {
        List<String> special = type == TokenizerTraining.Type.BPE
                ? List.of(PADDING, START, END)
                : List.of(PADDING, START, END, "<unk>");
        return new TranslationTokens(
                TokenizerTraining.of(type, size).withSpecialTokens(special).train(texts));
    }

    /** A text with its end. */
    public int[] source(String text) {
        return framed(null, text);
    }

    /** A translation with its start and end. */
    public int[] target(String text) {
        return framed(id(START), text);
    }

    /** The text of tokens, without the special ones. */
    public String text(int... ids) {
        return tokenizer.decodeText(ids);
    }

    /** The id of one of the three. */
    public int id(String special) {
        return java.util.Objects.requireNonNull(tokenizer.id(special), special);
    }

    private int[] framed(@Nullable Integer start, String text) {
        int[] inner = tokenizer.encode(text);
        int before = start == null ? 0 : 1;
        int[] ids = new int[before + inner.length + 1];
        Arrays.fill(ids, 0, before, start == null ? 0 : start);
        System.arraycopy(inner, 0, ids, before, inner.length);
        ids[ids.length - 1] = id(END);
        return ids;
    }
}
