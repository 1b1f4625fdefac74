package org.lungo.family.labelling;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.data.LabelScheme;
import org.lungo.data.Span;
import org.lungo.data.SpanLabel;

/** Labelled sentences as they are written, each with its place, on the way to a corpus. */
final class LabelReading {
    private final List<LabelledSentence> sentences = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    /** @param perToken how many lines each token takes, 1 or 0 */
    private record Place(String file, int line, int perToken) {
        String of(int token) {
            return file + ":" + (line + perToken * token);
        }
    }

    void add(String file, int line, int perToken, LabelledSentence sentence) {
        sentences.add(sentence);
        places.add(new Place(file, line, perToken));
    }

    boolean isEmpty() {
        return sentences.isEmpty();
    }

    /** All of them in one scheme. */
    LabelledCorpus corpus() {
        LabelSpelling spelling = LabelSpelling.of(sentences);
        if (spelling != null) {
            sentences.replaceAll(spelling::applied);
        }
        if (isPlain()) {
            return new LabelledCorpus(sentences, LabelScheme.PLAIN, List.of());
        }
        Repairs repairs = new Repairs();
        List<LabelledSentence> bio = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            List<String> labels = sentences.get(i).labels();
            repairs.look(labels, places.get(i));
            bio.add(new LabelledSentence(sentences.get(i).tokens(), Span.toBio(Span.of(labels), labels.size())));
        }
        List<String> notes = new ArrayList<>();
        if (spelling != null) {
            notes.add(spelling.note());
        }
        String note = repairs.note();
        if (note != null) {
            notes.add(note);
        }
        return new LabelledCorpus(bio, repairs.scheme(), notes);
    }

    /**
     * Whether labels are no borders of entities.
     *
     * @throws DataException when some are and others are not
     */
    private boolean isPlain() {
        boolean outside = false;
        boolean typed = false;
        boolean all = true;
        for (LabelledSentence sentence : sentences) {
            for (String label : sentence.labels()) {
                outside |= label.equals("O");
                typed |= SpanLabel.isTyped(label) || LabelSpelling.isTyped(label);
                all &= SpanLabel.is(label);
            }
        }
        if (outside && typed && !all) {
            throw strange();
        }
        return !all;
    }

    private DataException strange() {
        for (int i = 0; i < sentences.size(); i++) {
            List<String> labels = sentences.get(i).labels();
            for (int token = 0; token < labels.size(); token++) {
                if (!SpanLabel.is(labels.get(token))) {
                    return new DataException(
                            "E302",
                            places.get(i).of(token) + ": expected a label such as O, B-LOC or I-LOC, as elsewhere."
                                    + " Received: " + labels.get(token));
                }
            }
        }
        throw new IllegalStateException("every label is of a scheme");
    }

    /** Counts what tells the schemes apart, and what breaks their rules. */
    private static final class Repairs {
        private boolean ends;
        private long beginning;
        private long unbegun;
        private long unended;
        private @Nullable String firstUnbegun;
        private @Nullable String firstUnended;

        void look(List<String> labels, Place place) {
            SpanLabel before = SpanLabel.OUTSIDE;
            for (int i = 0; i <= labels.size(); i++) {
                SpanLabel label = i == labels.size() ? SpanLabel.OUTSIDE : SpanLabel.of(labels.get(i));
                ends |= label.prefix() == 'E' || label.prefix() == 'S';
                if (label.prefix() == 'B') {
                    boolean divides = !before.isOutside() && before.type().equals(label.type());
                    beginning += divides ? 0 : 1;
                } else if (label.prefix() != 'S' && label.startsAfter(before)) {
                    unbegun++;
                    firstUnbegun = firstUnbegun == null ? place.of(i) : firstUnbegun;
                }
                if ((before.prefix() == 'B' || before.prefix() == 'I') && before.endsBefore(label)) {
                    unended++;
                    firstUnended = firstUnended == null ? place.of(i - 1) : firstUnended;
                }
                before = label;
            }
        }

        LabelScheme scheme() {
            if (ends) {
                return LabelScheme.BIOES;
            }
            return unbegun > 0 && beginning == 0 ? LabelScheme.IOB1 : LabelScheme.BIO;
        }

        @Nullable
        String note() {
            if (scheme() == LabelScheme.IOB1) {
                return null;
            }
            List<String> parts = new ArrayList<>();
            if (unbegun > 0) {
                parts.add(unbegun + " without a beginning (the first at " + firstUnbegun + ")");
            }
            if (ends && unended > 0) {
                parts.add(unended + " without an end (the first at " + firstUnended + ")");
            }
            return parts.isEmpty()
                    ? null
                    : "entities that break the rules of " + scheme() + " were read as conlleval reads them: "
                            + String.join(", ", parts);
        }
    }
}
