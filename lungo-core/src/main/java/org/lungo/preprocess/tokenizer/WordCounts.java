package org.lungo.preprocess.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * How often each word stands in texts that do not fit into memory. Exact until the different words take more than
 * {@code maxCharacters} characters; then the rarest are forgotten until half is free.
 */
final class WordCounts {
    /** About what an entry costs besides its characters. */
    private static final int ENTRY = 40;

    /** A word and how often it came. */
    record Count(String word, long count) {}

    private final Map<String, long[]> counts = new HashMap<>();
    private final long maxCharacters;
    private long held;

    WordCounts(long maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    static WordCounts of(Iterator<String> texts, WordCutter cutter, long maxCharacters) {
        WordCounts counts = new WordCounts(maxCharacters);
        while (texts.hasNext()) {
            cutter.cut(texts.next(), counts::add);
        }
        return counts;
    }

    void add(String word) {
        long[] count = counts.get(word);
        if (count != null) {
            count[0]++;
            return;
        }
        counts.put(word, new long[] {1});
        held += word.length() + ENTRY;
        if (held > maxCharacters) {
            forget();
        }
    }

    private void forget() {
        for (long bar = 1; held > maxCharacters / 2; bar *= 2) {
            long rare = bar;
            counts.entrySet().removeIf(entry -> {
                boolean goes = entry.getValue()[0] <= rare;
                held -= goes ? entry.getKey().length() + ENTRY : 0;
                return goes;
            });
        }
    }

    /** The words, the most frequent first; those that came equally often in the order of their characters. */
    List<Count> sorted() {
        List<Count> sorted = new ArrayList<>(counts.size());
        counts.forEach((word, count) -> sorted.add(new Count(word, count[0])));
        sorted.sort(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::word));
        return sorted;
    }

    /** The {@code maxCharacters} characters that come most often in {@code words}, in the order of their code points. */
    static List<String> alphabet(List<Count> words, int maxCharacters) {
        Map<Integer, long[]> counts = new HashMap<>();
        for (Count word : words) {
            word.word().codePoints().forEach(c -> counts.computeIfAbsent(c, any -> new long[1])[0] += word.count());
        }
        return counts.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Integer, long[]>>comparingLong(entry -> -entry.getValue()[0])
                        .thenComparing(Map.Entry::getKey))
                .limit(maxCharacters)
                .map(Map.Entry::getKey)
                .sorted()
                .map(Character::toString)
                .toList();
    }
}
