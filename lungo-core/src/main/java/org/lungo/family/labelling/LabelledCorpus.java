package org.lungo.family.labelling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lungo.data.LabelScheme;

/**
 * Sentences with labels. Those of entities are in the scheme BIO, whichever they were written in.
 *
 * @param scheme that they were written in
 * @param notes what was put right while they were read, for people
 */
public record LabelledCorpus(List<LabelledSentence> sentences, LabelScheme scheme, List<String> notes) {
    public LabelledCorpus {
        sentences = List.copyOf(sentences);
        notes = List.copyOf(notes);
    }

    /** The number of tokens. */
    public long tokens() {
        return sentences.stream().mapToLong(LabelledSentence::length).sum();
    }

    /** The sentences with these places. */
    public LabelledCorpus select(int... places) {
        List<LabelledSentence> chosen = new ArrayList<>();
        for (int place : places) {
            chosen.add(sentences.get(place));
        }
        return new LabelledCorpus(chosen, scheme, List.of());
    }

    /** Every label that occurs, {@code O} first and the others by name. */
    public List<String> labels() {
        Set<String> labels = new TreeSet<>();
        sentences.forEach(sentence -> labels.addAll(sentence.labels()));
        List<String> ordered = new ArrayList<>();
        if (labels.remove("O")) {
            ordered.add("O");
        }
        ordered.addAll(labels);
        return ordered;
    }

    /** How many tokens have a label that is not one of {@code known}, by label; empty when all are. */
    public java.util.Map<String, Long> unknown(Collection<String> known) {
        return sentences.stream()
                .flatMap(sentence -> sentence.labels().stream())
                .filter(label -> !known.contains(label))
                .collect(java.util.stream.Collectors.groupingBy(
                        label -> label, java.util.TreeMap::new, java.util.stream.Collectors.counting()));
    }
}
