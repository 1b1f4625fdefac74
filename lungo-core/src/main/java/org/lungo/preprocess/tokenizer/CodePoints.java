package org.lungo.preprocess.tokenizer;

import org.jspecify.annotations.Nullable;

/** Where the code points of a text start, in {@code char}s: the Rust library counts the former, Java the latter. */
final class CodePoints {
    private final int length;
    /** Null when every code point is one {@code char}. */
    private final int @Nullable [] starts;

    CodePoints(String text) {
        length = text.length();
        int points = text.codePointCount(0, length);
        if (points == length) {
            starts = null;
            return;
        }
        starts = new int[points];
        for (int i = 0, at = 0; i < points; i++) {
            starts[i] = at;
            at = text.offsetByCodePoints(at, 1);
        }
    }

    /** The {@code char} where code point {@code point} starts; the text's length when there is no such point. */
    int index(int point) {
        if (starts == null) {
            return Math.max(0, Math.min(point, length));
        }
        return point >= 0 && point < starts.length ? starts[point] : length;
    }
}
