package org.lungo.preprocess.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.lungo.tensor.Check;

/**
 * A vocabulary of likely pieces: starts with all frequent substrings, fits their probabilities by expectation and
 * maximisation, and drops those that the text needs least, until few enough are left. Kudo 2018, arXiv:1804.10959, section
 * 3.2; numbers (two steps of EM, three quarters kept, a last 1.1, digamma) as SentencePiece has them, but the substrings
 * are counted level by level instead of by a suffix array. Characters always stay, and 256 tokens for bytes write those
 * that are no piece.
 */
final class UnigramTraining {
    private static final int LONGEST_PIECE = 16;
    private static final int SEEDS_PER_PIECE = 20;
    private static final int MAX_SEEDS = 1_000_000;
    private static final int LONGEST_WORD = 4096;
    private static final double KEPT = 0.75;
    private static final double SLACK = 1.1;
    /** Below the sum of the characters of {@code <0x41>}, so that this text is never taken for a byte. */
    private static final double BYTE_SCORE = -1000;

    private static final List<String> CHARACTERS_OF_BYTES =
            "<0123456789ABCDEFx>".codePoints().mapToObj(Character::toString).toList();

    private final TokenizerTraining training;
    private final List<int[]> words = new ArrayList<>();
    private final double[] counts;
    private final int size;
    private final List<String> alphabet;

    private record Piece(String text, double score) {}

    UnigramTraining(TokenizerTraining training, List<WordCounts.Count> counted) {
        this.training = training;
        size = training.size() - training.specialTokens().size() - 256;
        int room = size - CHARACTERS_OF_BYTES.size();
        Check.that(
                room > 0,
                "size must be larger than the " + (training.size() - room)
                        + " special tokens, bytes and their spelling",
                training.size());
        Set<String> all = new LinkedHashSet<>(CHARACTERS_OF_BYTES);
        all.addAll(WordCounts.alphabet(counted, Math.min(room, training.alphabet())));
        alphabet = List.copyOf(all);
        List<Long> parts = new ArrayList<>();
        for (WordCounts.Count word : counted) {
            int[] characters = word.word().codePoints().toArray();
            for (int at = 0; at < characters.length; at += LONGEST_WORD) {
                words.add(Arrays.copyOfRange(characters, at, Math.min(characters.length, at + LONGEST_WORD)));
                parts.add(word.count());
            }
        }
        counts = parts.stream().mapToDouble(Long::doubleValue).toArray();
    }

    Tokenizer train() {
        List<Piece> pieces = seeds();
        while (true) {
            pieces = maximised(maximised(pieces));
            if (pieces.size() <= size * SLACK) {
                break;
            }
            List<Piece> fewer = pruned(pieces);
            if (fewer.size() == pieces.size()) {
                break;
            }
            pieces = fewer;
        }
        return written(pieces);
    }

    private List<Piece> seeds() {
        Map<String, double[]> seeds = new HashMap<>();
        Set<String> known = new HashSet<>(alphabet);
        Map<String, double[]> level = substrings(1, known);
        level.keySet().retainAll(known);
        seeds.putAll(level);
        alphabet.forEach(character -> seeds.putIfAbsent(character, new double[] {0.5}));
        for (int length = 2; length <= LONGEST_PIECE && !level.isEmpty(); length++) {
            level = substrings(length, level.keySet());
            level.values().removeIf(count -> count[0] < training.minFrequency());
            seeds.putAll(level);
        }
        long maxPieces = Math.min(MAX_SEEDS, (long) SEEDS_PER_PIECE * size);
        List<Piece> chosen = seeds.entrySet().stream()
                .map(entry -> new Piece(entry.getKey(), entry.getValue()[0]))
                .sorted(Comparator.comparing((Piece piece) -> !isCharacter(piece.text))
                        .thenComparingDouble(piece -> -piece.score * piece.text.length())
                        .thenComparing(Piece::text))
                .limit(Math.max(maxPieces, alphabet.size()))
                .toList();
        double total = chosen.stream().mapToDouble(Piece::score).sum();
        return chosen.stream()
                .map(piece -> new Piece(piece.text, Math.log(piece.score / total)))
                .toList();
    }

    /** Counts the substrings of {@code length} characters whose start and end, one shorter, are in {@code frequent}. */
    private Map<String, double[]> substrings(int length, Set<String> frequent) {
        Map<String, double[]> found = new HashMap<>();
        for (int word = 0; word < words.size(); word++) {
            int[] characters = words.get(word);
            for (int at = 0; at + length <= characters.length; at++) {
                String text = new String(characters, at, length);
                int last = text.offsetByCodePoints(text.length(), -1);
                boolean may = length == 1
                        || (frequent.contains(text.substring(0, last))
                                && frequent.contains(text.substring(text.offsetByCodePoints(0, 1))));
                if (may) {
                    found.computeIfAbsent(text, any -> new double[1])[0] += counts[word];
                }
            }
        }
        return found;
    }

    /** One step of expectation and maximisation; pieces that are hardly used go. */
    private List<Piece> maximised(List<Piece> pieces) {
        double[] expected = new double[pieces.size()];
        PieceLattice lattice = lattice(pieces);
        for (int word = 0; word < words.size(); word++) {
            lattice.expect(words.get(word), counts[word], expected);
        }
        int[] kept = IntStream.range(0, expected.length)
                .filter(i -> expected[i] >= 0.5 || isCharacter(pieces.get(i).text))
                .toArray();
        double total =
                IntStream.of(kept).mapToDouble(i -> Math.max(expected[i], 0.5)).sum();
        return IntStream.of(kept)
                .mapToObj(i -> new Piece(pieces.get(i).text, digamma(Math.max(expected[i], 0.5)) - digamma(total)))
                .toList();
    }

    /** The pieces without those whose loss costs the text least. */
    private List<Piece> pruned(List<Piece> pieces) {
        PieceLattice lattice = lattice(pieces);
        double[] used = new double[pieces.size()];
        for (int word = 0; word < words.size(); word++) {
            for (int piece : lattice.best(words.get(word), -1)) {
                if (piece >= 0) {
                    used[piece] += counts[word];
                }
            }
        }
        double total = Arrays.stream(used).sum();
        double[] loss = new double[pieces.size()];
        for (int i = 0; i < loss.length; i++) {
            loss[i] = isCharacter(pieces.get(i).text)
                    ? Double.POSITIVE_INFINITY
                    : used[i] == 0 ? -1 : loss(lattice, pieces, used, total, i);
        }
        int maxPieces = Math.max((int) (size * SLACK), (int) (pieces.size() * KEPT));
        return IntStream.range(0, loss.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -loss[i]).thenComparing(i -> pieces.get(i).text))
                .limit(maxPieces)
                .map(pieces::get)
                .toList();
    }

    /** What the text's likelihood loses when piece {@code i} is written with others. */
    private static double loss(PieceLattice lattice, List<Piece> pieces, double[] used, double total, int i) {
        List<Integer> others = lattice.best(pieces.get(i).text.codePoints().toArray(), i);
        double withAlternative = Math.log(total + used[i] * (others.size() - 1));
        double alternative = 0;
        for (int other : others) {
            alternative += other < 0 ? lattice.score(-1) : Math.log(used[other] + used[i]) - withAlternative;
        }
        return used[i] / total * (Math.log(used[i]) - Math.log(total) - alternative);
    }

    private Tokenizer written(List<Piece> pieces) {
        List<Piece> sorted = new ArrayList<>(pieces);
        sorted.sort(Comparator.comparing((Piece piece) -> !isCharacter(piece.text))
                .thenComparingDouble(piece -> -piece.score)
                .thenComparing(Piece::text));
        List<Piece> chosen = new ArrayList<>(sorted.subList(0, Math.min(size, sorted.size())));
        chosen.sort(Comparator.comparingDouble((Piece piece) -> -piece.score).thenComparing(Piece::text));
        Map<String, Double> scores = new LinkedHashMap<>();
        training.specialTokens().forEach(token -> scores.put(token, 0.0));
        for (int b = 0; b < 256; b++) {
            scores.put(String.format("<0x%02X>", b), BYTE_SCORE);
        }
        chosen.forEach(piece -> scores.putIfAbsent(piece.text, piece.score));
        Map<String, Integer> ids = new LinkedHashMap<>();
        scores.keySet().forEach(token -> ids.put(token, ids.size()));
        int unknown = training.specialTokens().indexOf("<unk>");
        return Layout.pieces(training.specialTokens(), ids).unigram(scores, unknown);
    }

    private static PieceLattice lattice(List<Piece> pieces) {
        return new PieceLattice(
                pieces.stream().map(piece -> piece.text.codePoints().toArray()).toList(),
                pieces.stream().mapToDouble(Piece::score).toArray());
    }

    private static boolean isCharacter(String text) {
        return text.codePointCount(0, text.length()) == 1;
    }

    /** The derivative of the logarithm of the gamma function; error below 1e-10 for {@code x > 0}. */
    static double digamma(double x) {
        double shifted = x;
        double sum = 0;
        while (shifted < 10) {
            sum -= 1 / shifted++;
        }
        double inverse = 1 / (shifted * shifted);
        return sum
                + Math.log(shifted)
                - 0.5 / shifted
                - inverse * (1.0 / 12 - inverse * (1.0 / 120 - inverse * (1.0 / 252 - inverse / 240)));
    }
}
