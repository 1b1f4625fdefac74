package org.lungo.family.labelling.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model that labels tokens must beat: each known token gets the label that it has most often in the training
 * sentences, and every other token {@code O}, or where there is no such label, the most frequent of all. Of labels that are
 * as frequent the first by name is taken. The baseline of CoNLL's shared task is another one, with other scores: it
 * finds only entities that have a unique class in the training data, and where a phrase is part of several entities, the
 * longest (Tjong Kim Sang and De Meulder 2003, W03-0419).
 *
 * @param known the label of each token whose label is another than {@code otherwise}
 * @param otherwise the label of all other tokens
 */
record FrequentLabels(Map<String, String> known, String otherwise) {
    /** The file of a run that holds it, for evaluations on other sentences. */
    static final String FILE = "baseline.json";

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
        String otherwise = all.isEmpty() || all.containsKey(OUTSIDE) ? OUTSIDE : mostFrequent(all);
        Map<String, String> known = new TreeMap<>();
        counts.forEach((token, labels) -> known.put(token, mostFrequent(labels)));
        known.values().removeIf(otherwise::equals);
        return new FrequentLabels(known, otherwise);
    }

    /** Writes it into a run. */
    void save(Path run) throws IOException {
        Files.writeString(run.resolve(FILE), JsonMapper.shared().writeValueAsString(this) + "\n");
    }

    /**
     * What {@link #save} wrote; null in a run of an earlier version, and in a model folder alone.
     *
     * @throws CorruptFileException when the file is of another form
     */
    static @Nullable FrequentLabels load(Path run) throws IOException {
        Path file = run.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            return JsonMapper.shared().readValue(Files.readString(file), FrequentLabels.class);
        } catch (JacksonException e) {
            throw new CorruptFileException(
                    file + " cannot be read: " + e.getOriginalMessage() + "; restore it from a copy");
        }
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
