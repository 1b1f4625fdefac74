package org.lungo.preprocess;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.lungo.tensor.Tensor;

/**
 * Words and their characters as numbers: 0 stands for nothing, 1 for what is not known, the others for what training saw.
 * Words are looked up in Unicode's form NFC, with every digit as 0 and, if asked for, in small letters; characters as they
 * are.
 *
 * @param words by how often they were seen, most often first
 * @param characters that were seen at least twice
 * @param once how many words, the last ones, were seen only once
 */
public record WordIds(boolean lowercase, Vocabulary words, Vocabulary characters, int once) {

    /** The id of an unknown word. */
    public static final int UNKNOWN = 1;

    private static final int FIRST = 2;
    private static final int LONGEST_WORD = 40;

    /** Learns the words and characters of {@code sentences}. */
    public static WordIds of(List<List<String>> sentences, boolean lowercase) {
        Map<String, Integer> words = new TreeMap<>();
        Map<String, Integer> characters = new TreeMap<>();
        for (List<String> sentence : sentences) {
            for (String token : sentence) {
                words.merge(form(token, lowercase), 1, Integer::sum);
                token.codePoints()
                        .forEach(codePoint -> characters.merge(Character.toString(codePoint), 1, Integer::sum));
            }
        }
        int once = (int) words.values().stream().filter(count -> count == 1).count();
        return new WordIds(lowercase, byCount(words, 1), byCount(characters, 2), once);
    }

    private static Vocabulary byCount(Map<String, Integer> counts, int least) {
        return new Vocabulary(counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList());
    }

    private static String form(String token, boolean lowercase) {
        String normal = Normalizer.normalize(token, Normalizer.Form.NFC);
        String small = lowercase ? normal.toLowerCase(Locale.ROOT) : normal;
        boolean digits = small.chars().anyMatch(c -> c >= '0' && c <= '9');
        return digits ? small.replaceAll("[0-9]", "0") : small;
    }

    /** The number of different words, with nothing and the unknown. */
    public int size() {
        return words.size() + FIRST;
    }

    /** The number of different characters, with nothing and the unknown. */
    public int characterCount() {
        return characters.size() + FIRST;
    }

    /** The first number of the words that were seen only once. */
    public int firstRare() {
        return size() - once;
    }

    /**
     * Sentences as numbers, padded with 0. Each different word has its characters once.
     *
     * @param words INT64 [batch, seq]
     * @param lengths INT64 [batch], in tokens
     * @param letters INT64 [different words, characters]; the first row is padding
     * @param places INT64 [batch, seq], which row of {@code letters} each token has
     */
    public record Batch(Tensor words, Tensor lengths, Tensor letters, Tensor places) {}

    /** {@code sentences} as numbers; the tensors live in the scope that is open now. */
    public Batch batch(List<List<String>> sentences) {
        int rows = sentences.size();
        int longest = sentences.stream().mapToInt(List::size).max().orElse(1);
        long[] ids = new long[rows * longest];
        long[] places = new long[rows * longest];
        long[] lengths = new long[rows];
        Map<String, Integer> different = new LinkedHashMap<>();
        Map<String, Long> known = new HashMap<>();
        for (int row = 0; row < rows; row++) {
            List<String> sentence = sentences.get(row);
            lengths[row] = sentence.size();
            for (int i = 0; i < sentence.size(); i++) {
                String token = sentence.get(i);
                ids[row * longest + i] = known.computeIfAbsent(token, this::id);
                places[row * longest + i] = different.computeIfAbsent(token, key -> different.size() + 1);
            }
        }
        return new Batch(
                Tensor.of(ids, rows, longest),
                Tensor.of(lengths, rows),
                letters(new ArrayList<>(different.keySet())),
                Tensor.of(places, rows, longest));
    }

    private long id(String token) {
        int place = words.indexOf(form(token, lowercase));
        return place < 0 ? UNKNOWN : place + FIRST;
    }

    private Tensor letters(List<String> tokens) {
        int longest = Math.min(
                LONGEST_WORD, tokens.stream().mapToInt(String::length).max().orElse(1));
        long[] ids = new long[(tokens.size() + 1) * longest];
        for (int i = 0; i < tokens.size(); i++) {
            int[] codePoints = tokens.get(i).codePoints().limit(longest).toArray();
            for (int j = 0; j < codePoints.length; j++) {
                int place = characters.indexOf(Character.toString(codePoints[j]));
                ids[(i + 1) * longest + j] = place < 0 ? UNKNOWN : place + FIRST;
            }
        }
        return Tensor.of(ids, tokens.size() + 1L, longest);
    }
}
