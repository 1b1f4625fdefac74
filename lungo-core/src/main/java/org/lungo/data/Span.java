package org.lungo.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Tokens of a sentence that belong together, such as the name of a place.
 *
 * @param type such as {@code LOC}; empty where only the borders are labelled, as in Chinese word segmentation
 * @param start the first token
 * @param end behind the last token
 */
public record Span(String type, int start, int end) {
    /**
     * The spans that labels of the schemes IOB1, BIO (IOB2), BIOES, BIOUL or BMES say. Where labels break the rules of
     * their scheme, spans begin and end as in conlleval, the script of the CoNLL-2000 shared task (Tjong Kim Sang and Buchholz
     * 2000): a change of type ends one, and a continuation without a beginning begins one.
     */
    public static List<Span> of(List<String> labels) {
        List<Span> spans = new ArrayList<>();
        SpanLabel before = SpanLabel.OUTSIDE;
        int start = 0;
        for (int i = 0; i <= labels.size(); i++) {
            SpanLabel label = i == labels.size() ? SpanLabel.OUTSIDE : SpanLabel.of(labels.get(i));
            if (before.endsBefore(label)) {
                spans.add(new Span(before.type(), start, i));
            }
            if (label.startsAfter(before)) {
                start = i;
            }
            before = label;
        }
        return spans;
    }

    /** A span for every token, its label being the type: what plain labels, such as parts of speech, say. */
    public static List<Span> ofEach(List<String> labels) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            spans.add(new Span(labels.get(i), i, i + 1));
        }
        return spans;
    }

    /** The spans of a sentence of {@code tokens} as labels in the scheme BIO. */
    public static List<String> toBio(List<Span> spans, int tokens) {
        List<String> labels = new ArrayList<>(java.util.Collections.nCopies(tokens, SpanLabel.OUTSIDE.toString()));
        for (Span span : spans) {
            for (int i = span.start; i < span.end; i++) {
                labels.set(i, new SpanLabel(i == span.start ? 'B' : 'I', span.type).toString());
            }
        }
        return labels;
    }
}
