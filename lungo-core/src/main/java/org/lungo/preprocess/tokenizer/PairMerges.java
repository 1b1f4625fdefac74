package org.lungo.preprocess.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BinaryOperator;

/**
 * Byte-pair encoding: the pair of neighbours that comes most often becomes one symbol, again and again. Sennrich, Haddow,
 * Birch 2016, arXiv:1508.07909, section 3.2. Of equally frequent pairs the one with the smaller ids comes first, so the
 * result depends on the counts alone.
 *
 * <p>Counts are kept up to date: a merge visits only the words that hold its pair, and a queue knows the best pair.
 */
final class PairMerges {
    private final List<String> symbols;
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<int[]> words;
    private final long[] counts;
    private final Map<Long, Pair> pairs = new HashMap<>();
    private final PriorityQueue<Entry> queue = new PriorityQueue<>();

    /** Two symbols and where they stand side by side. */
    private static final class Pair {
        private long count;
        private int[] places = new int[4];
        private int size;

        void add(int word) {
            if (size > 0 && places[size - 1] == word) {
                return;
            }
            places = size == places.length ? Arrays.copyOf(places, 2 * size) : places;
            places[size++] = word;
        }
    }

    /** What the queue knew when the pair was put there; the count may have changed since. */
    private record Entry(long count, long pair) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byCount = Long.compare(other.count, count);
            return byCount != 0 ? byCount : Long.compare(pair, other.pair);
        }
    }

    /**
     * @param symbols the alphabet by id; what is learned is appended
     * @param words each as ids of symbols; changed by {@link #learn}
     * @param counts how often each word came
     */
    PairMerges(List<String> symbols, List<int[]> words, long[] counts) {
        this.symbols = symbols;
        this.words = words;
        this.counts = counts;
        for (String symbol : symbols) {
            ids.put(symbol, ids.size());
        }
        for (int word = 0; word < words.size(); word++) {
            count(word, 1, -1);
        }
        pairs.forEach((key, pair) -> queue.add(new Entry(pair.count, key)));
    }

    /**
     * Merges until there are {@code size} symbols, or no pair comes {@code minFrequency} times.
     *
     * @param join the symbol of two
     * @return the merged pairs of symbols in order
     */
    List<String[]> learn(int size, long minFrequency, BinaryOperator<String> join) {
        List<String[]> merges = new ArrayList<>();
        while (symbols.size() < size && !queue.isEmpty()) {
            Entry best = queue.poll();
            Pair pair = pairs.get(best.pair);
            if (pair == null || pair.count != best.count) {
                if (pair != null && pair.count > 0 && pair.count < best.count) {
                    queue.add(new Entry(pair.count, best.pair));
                }
                continue;
            }
            if (best.count < Math.max(1, minFrequency)) {
                break;
            }
            int left = (int) (best.pair >> 32);
            int right = (int) best.pair;
            merges.add(new String[] {symbols.get(left), symbols.get(right)});
            merge(pair, left, right, id(join.apply(symbols.get(left), symbols.get(right))));
            pairs.remove(best.pair);
        }
        return merges;
    }

    /** The same text can come from two different pairs; it is one symbol. */
    private int id(String symbol) {
        Integer known = ids.putIfAbsent(symbol, symbols.size());
        if (known == null) {
            symbols.add(symbol);
        }
        return ids.getOrDefault(symbol, 0);
    }

    private void merge(Pair pair, int left, int right, int merged) {
        Map<Long, Pair> fresh = new HashMap<>();
        for (int i = 0; i < pair.size; i++) {
            int place = pair.places[i];
            int[] word = words.get(place);
            int[] shorter = replaced(word, left, right, merged);
            if (shorter.length == word.length) {
                continue;
            }
            count(place, -1, -1);
            words.set(place, shorter);
            count(place, 1, merged);
            for (int j = 0; j + 1 < shorter.length; j++) {
                if (shorter[j] == merged || shorter[j + 1] == merged) {
                    long key = key(shorter[j], shorter[j + 1]);
                    Pair grown = pairs.get(key);
                    if (grown != null) {
                        fresh.put(key, grown);
                    }
                }
            }
        }
        fresh.forEach((key, grown) -> queue.add(new Entry(grown.count, key)));
    }

    /** Adds the pairs of a word to the counts, or takes them away; remembers the place of those with {@code merged}. */
    private void count(int place, int sign, int merged) {
        int[] word = words.get(place);
        for (int i = 0; i + 1 < word.length; i++) {
            Pair pair = pairs.computeIfAbsent(key(word[i], word[i + 1]), any -> new Pair());
            pair.count += sign * counts[place];
            if (sign > 0 && (merged < 0 || word[i] == merged || word[i + 1] == merged)) {
                pair.add(place);
            }
        }
    }

    private static int[] replaced(int[] word, int left, int right, int merged) {
        int[] shorter = new int[word.length];
        int length = 0;
        for (int i = 0; i < word.length; i++) {
            boolean found = word[i] == left && i + 1 < word.length && word[i + 1] == right;
            shorter[length++] = found ? merged : word[i];
            i += found ? 1 : 0;
        }
        return length == word.length ? word : Arrays.copyOf(shorter, length);
    }

    private static long key(int left, int right) {
        return (long) left << 32 | right;
    }
}
