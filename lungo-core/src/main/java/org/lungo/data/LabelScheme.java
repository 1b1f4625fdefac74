package org.lungo.data;

import java.util.List;
import java.util.Locale;

/** How labels say which tokens belong together. */
public enum LabelScheme {
    /** I within an entity, B only for one right behind another of its type. Ramshaw and Marcus 1995. */
    IOB1,
    /** B for the first token, I for the others; also called IOB2. */
    BIO,
    /** Also E for the last token and S for the only one; BIOUL and BMES are the same in other letters. */
    BIOES,
    /** Every token has a label of its own, such as a part of speech. */
    PLAIN;

    /** The spans of a sentence whose labels are written so. */
    public List<Span> spans(List<String> labels) {
        return this == PLAIN ? Span.ofEach(labels) : Span.of(labels);
    }

    /** Whether {@code label} may stand at the beginning of a sentence, or right behind {@code before}, in BIO. */
    public static boolean mayFollow(@org.jspecify.annotations.Nullable String before, String label) {
        SpanLabel next = SpanLabel.of(label);
        SpanLabel previous = before == null ? SpanLabel.OUTSIDE : SpanLabel.of(before);
        return next.prefix() != 'I' || !next.startsAfter(previous);
    }

    /** The name in files and for people. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
