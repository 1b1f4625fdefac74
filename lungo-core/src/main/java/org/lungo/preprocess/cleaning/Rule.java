package org.lungo.preprocess.cleaning;

import java.util.Locale;

/** Why a text is left out, in the order in which texts are looked at. */
public enum Rule {
    EMPTY("nothing is left of it"),
    SHORT("shorter than min-characters"),
    LONG("longer than max-characters"),
    LETTERS("fewer letters than min-letters"),
    REPEATED("more repeated lines than max-repeated"),
    LANGUAGE("in another language"),
    EQUAL("the words of an earlier text"),
    SIMILAR("nearly an earlier text");

    private final String reason;

    Rule(String reason) {
        this.reason = reason;
    }

    /** In words. */
    public String reason() {
        return reason;
    }

    /** The name in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
