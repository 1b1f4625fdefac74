package org.lungo.family.labelling.training;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.family.labelling.LabelledSentence;

/**
 * What a model that labels tokens must beat: each known token gets the label that it has most often in the training
 * sentences, and every other token {@code O}, or where there is no such label, the most frequent of all. Of labels that are
 * as frequent the first by name is taken. The baseline of CoNLL's shared task is another one, with other scores: it
 * finds only entities that have a unique class in the training data, and where a phrase is part of several entities, the
 * longest (Tjong Kim Sang and De Meulder 2003, W03-0419).
 */
record FrequentLabels(Map<String, String> known, String otherwise) {
    private static final String OUTSIDE = "O";

    static FrequentLabels of(LabelledCorpus train) {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        Map<String, Integer> all = new TreeMap<>();
        for (LabelledSentence sentence : train.sentences()) {
            for (int i = 0; i < sentence.length(); i++) {
                String label = sentence.labels().get(i);
                counts.computeIfAbsent(sentence.tokens().get(i), token -> new TreeMap<>())
                        .merge(label, 1, Integer::sum);
                all.merge(label, 1, Integer::sum);
            }
        }
        Map<String, String> known = new HashMap<>();
        counts.forEach((token, labels) -> known.put(token, mostFrequent(labels)));
        return new FrequentLabels(known, all.isEmpty() || all.containsKey(OUTSIDE) ? OUTSIDE : mostFrequent(all));
    }

    /** Of labels in order. */
    private static String mostFrequent(Map<String, Integer> labels) {
        return labels.entrySet().stream()
                .min(Comparator.comparing((Map.Entry<String, Integer> label) -> -label.getValue()))
                .orElseThrow()
                .getKey();
    }

    /** The labels of each sentence. */
    List<List<String>> label(List<List<String>> sentences) {
        return sentences.stream()
                .map(tokens -> tokens.stream()
                        .map(token -> known.getOrDefault(token, otherwise))
                        .toList())
                .toList();
    }
}
