package org.lungo.preprocess.tokenizer;

import java.util.Arrays;

/**
 * Text from tokens that come one by one, for output that is shown while it is made. A piece is given out when its
 * characters are complete: several tokens may make one character, and a space may depend on the token before. Belongs to
 * one thread.
 */
public final class StreamDecoder {
    private static final char REPLACEMENT = '\uFFFD';
    /** The most of {@link #REPLACEMENT} that bytes of one unfinished character can show as. */
    private static final int MAX_UNFINISHED = 3;
    /** The number of tokens after which bytes that make no character are given out. */
    private static final int MAX_HELD = 16;

    private final Tokenizer tokenizer;
    private final boolean skipSpecial;
    /** The tokens that what follows depends on, whose text was given out, then those that are not all given out yet. */
    private int[] window = {};

    private int context;
    /** The text of the window that was given out. */
    private String shown = "";

    StreamDecoder(Tokenizer tokenizer, boolean skipSpecial) {
        this.tokenizer = tokenizer;
        this.skipSpecial = skipSpecial;
    }

    /**
     * Takes the next token; returns the text that is now complete, often one piece, sometimes none.
     *
     * @throws IllegalArgumentException when there is no token {@code id}
     */
    public String add(int id) {
        tokenizer.token(id);
        if (skipSpecial && tokenizer.isSpecial(id)) {
            return "";
        }
        window = Arrays.copyOf(window, window.length + 1);
        window[window.length - 1] = id;
        String text = tokenizer.decode(window);
        int end = complete(text);
        if (end < shown.length() || !text.startsWith(shown)) {
            return window.length - context < MAX_HELD ? "" : release(text(context));
        }
        String piece = text.substring(shown.length(), end);
        if (end < text.length()) {
            shown = text.substring(0, end);
            return piece;
        }
        return piece.isEmpty() ? "" : release(piece);
    }

    /** Ends the text; returns what was held back, with U+FFFD for bytes that are no character. */
    public String finish() {
        String text = tokenizer.decode(window);
        String rest = text.startsWith(shown) ? text.substring(shown.length()) : text(context);
        window = new int[] {};
        context = 0;
        shown = "";
        return rest;
    }

    /** Gives out {@code piece} and keeps the tokens it came from as context. */
    private String release(String piece) {
        window = Arrays.copyOfRange(window, context, window.length);
        context = window.length;
        shown = text(0);
        return piece;
    }

    private String text(int from) {
        return tokenizer.decode(Arrays.copyOfRange(window, from, window.length));
    }

    private static int complete(String text) {
        int end = text.length();
        while (end > 0 && text.length() - end < MAX_UNFINISHED && text.charAt(end - 1) == REPLACEMENT) {
            end--;
        }
        return end;
    }
}
