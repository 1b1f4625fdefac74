package org.lungo.evaluate;

import java.util.Locale;

/** A number of things in words: {@code 1 row}, {@code 2,000 rows}. */
public final class Count {
    private Count() {}

    /** {@code count} of what is called {@code one}, and several of it {@code many}. */
    public static String of(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }

    /** {@code count} of what is called {@code one}, and several of it the same with an s. */
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }
}
