package org.lungo.preprocess.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.lungo.tensor.Check;

/**
 * How a vocabulary is learned from texts. Equal texts give equal vocabularies, and texts may be larger than memory: their
 * words are counted first (exactly, as long as the different ones fit into half a gigabyte; the rarest go first).
 *
 * <pre>{@code
 * Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.BPE, 8000).train(texts.iterator());
 * Files.writeString(Path.of("tokenizer.json"), tokenizer.json());
 * }</pre>
 *
 * @param size the maximum number of tokens, with special ones and the alphabet
 * @param minFrequency what comes less often becomes no token of its own; characters and bytes always may
 * @param alphabet the maximum number of different characters, the frequent first; bytes are all there
 * @param lowercase for {@code WORDPIECE} and {@code WORD}: reads everything in lower case and without accents
 * @param specialTokens the first ids; {@code WORDPIECE} and {@code WORD} need {@code [UNK]}, {@code UNIGRAM} and {@code
 *     CHAR} need {@code <unk>}
 */
public record TokenizerTraining(
        Type type, int size, int minFrequency, int alphabet, boolean lowercase, List<String> specialTokens) {
    /** Counting begins to forget at this number of characters of different words, with their overhead. */
    private static final long MAX_HELD = 200_000_000;
    /** Longer words are learned from in parts. */
    private static final int LONGEST_WORD = 256;

    /** The types of tokens. */
    public enum Type {
        /** Pairs of bytes that stand together, as GPT-2; any text comes back as it was. Sennrich et al. 2016. */
        BPE("<|endoftext|>"),
        /** Pieces of words, later ones with {@code ##}, as BERT; loses white space. */
        WORDPIECE("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
        /** The most likely pieces of words under their own probabilities, as T5. Kudo 2018. */
        UNIGRAM("<pad>", "<unk>", "<s>", "</s>"),
        /** Single characters; any text of known ones comes back as it was. */
        CHAR("<unk>"),
        /** Whole words, punctuation and Chinese characters; loses white space. */
        WORD("[PAD]", "[UNK]");

        private final List<String> specialTokens;

        Type(String... specialTokens) {
            this.specialTokens = List.of(specialTokens);
        }

        /** The special tokens that are used when none are named. */
        public List<String> specialTokens() {
            return specialTokens;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public TokenizerTraining {
        specialTokens = List.copyOf(specialTokens);
        Check.positive("size", size);
        Check.positive("minFrequency", minFrequency);
        Check.positive("alphabet", alphabet);
        Check.that(
                Set.copyOf(specialTokens).size() == specialTokens.size(), "special tokens must differ", specialTokens);
        Check.that(
                specialTokens.stream().noneMatch(String::isBlank), "a special token must not be blank", specialTokens);
        String unknown = unknown(type);
        Check.that(
                unknown.isEmpty() || specialTokens.contains(unknown),
                "the special tokens of " + type + " must have " + unknown,
                specialTokens);
    }

    /** At most {@code size} tokens that come at least twice (words and characters: once), half of them single characters. */
    public static TokenizerTraining of(Type type, int size) {
        int minFrequency = type == Type.CHAR || type == Type.WORD ? 1 : 2;
        return new TokenizerTraining(type, size, minFrequency, Math.max(1, size / 2), false, type.specialTokens());
    }

    /** A training that reads texts in lower case. */
    public TokenizerTraining withLowercase() {
        return new TokenizerTraining(type, size, minFrequency, alphabet, true, specialTokens);
    }

    /** The same for tokens that come at least {@code times}. */
    public TokenizerTraining withMinFrequency(int times) {
        return new TokenizerTraining(type, size, times, alphabet, lowercase, specialTokens);
    }

    /** The same with other special tokens. */
    public TokenizerTraining withSpecialTokens(List<String> tokens) {
        return new TokenizerTraining(type, size, minFrequency, alphabet, lowercase, tokens);
    }

    /**
     * Learns from {@code texts}, which are read once.
     *
     * @throws IllegalArgumentException when the texts are empty, or {@code size} leaves no room for the alphabet
     */
    public Tokenizer train(Iterator<String> texts) {
        WordCutter cutter = switch (type) {
            case BPE -> WordCutter.BYTES;
            case UNIGRAM -> WordCutter.PIECES;
            case CHAR -> WordCutter.CHARACTERS;
            case WORDPIECE, WORD -> WordCutter.bert(lowercase);
        };
        List<WordCounts.Count> words = WordCounts.of(texts, cutter, MAX_HELD).sorted();
        Check.that(!words.isEmpty(), "the texts must have words", "none");
        return switch (type) {
            case BPE -> bytePairs(words);
            case WORDPIECE -> wordPieces(words);
            case UNIGRAM -> new UnigramTraining(this, words).train();
            case CHAR -> characters(words);
            case WORD -> words(words);
        };
    }

    private Tokenizer bytePairs(List<WordCounts.Count> words) {
        Set<String> first = new LinkedHashSet<>(specialTokens);
        first.addAll(ByteLetters.alphabet());
        List<String> symbols = new ArrayList<>(first);
        requireRoom(symbols.size(), "special tokens and bytes");
        List<WordCounts.Count> letters = words.stream()
                .map(word -> new WordCounts.Count(ByteLetters.write(word.word()), word.count()))
                .toList();
        List<String[]> merges = merges(symbols, letters, "", (left, right) -> left + right);
        Map<String, Integer> ids = numbered(symbols);
        return Layout.bytes(specialTokens, ids).bpe(ids, merges, "");
    }

    private Tokenizer wordPieces(List<WordCounts.Count> words) {
        List<String> characters = WordCounts.alphabet(words, Math.max(1, alphabet / 2));
        Set<String> symbols = new LinkedHashSet<>(specialTokens);
        symbols.addAll(characters);
        characters.forEach(character -> symbols.add("##" + character));
        requireRoom(symbols.size(), "special tokens and characters");
        List<String> all = new ArrayList<>(symbols);
        merges(all, words, "##", (left, right) -> left + right.substring(2));
        Map<String, Integer> ids = numbered(all);
        return Layout.bert(specialTokens, ids, lowercase).wordPiece(ids);
    }

    private Tokenizer characters(List<WordCounts.Count> words) {
        List<String> symbols = new ArrayList<>(specialTokens);
        int room = size - symbols.size();
        Check.that(room > 0, "size must be larger than the number of special tokens", size);
        List<WordCounts.Count> frequent =
                words.stream().filter(word -> word.count() >= minFrequency).toList();
        symbols.addAll(WordCounts.alphabet(frequent, room));
        Map<String, Integer> ids = numbered(symbols);
        return Layout.plain(specialTokens, ids).bpe(ids, List.of(), "<unk>");
    }

    private Tokenizer words(List<WordCounts.Count> words) {
        Set<String> symbols = new LinkedHashSet<>(specialTokens);
        for (WordCounts.Count word : words) {
            if (symbols.size() < size && word.count() >= minFrequency) {
                symbols.add(word.word());
            }
        }
        Map<String, Integer> ids = numbered(List.copyOf(symbols));
        return Layout.bert(specialTokens, ids, lowercase).wordLevel(ids);
    }

    /** Learns merges, whose symbols are appended; later characters of a word have {@code prefix}. */
    private List<String[]> merges(
            List<String> symbols, List<WordCounts.Count> words, String prefix, BinaryOperator<String> join) {
        Map<String, Integer> ids = numbered(symbols);
        List<int[]> spelled = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (WordCounts.Count word : words) {
            int[] characters = word.word().codePoints().toArray();
            for (int at = 0; at < characters.length; at += LONGEST_WORD) {
                int[] spelling = new int[Math.min(LONGEST_WORD, characters.length - at)];
                int length = 0;
                for (int i = at; i < at + spelling.length; i++) {
                    Integer id = ids.get((i == 0 ? "" : prefix) + Character.toString(characters[i]));
                    if (id == null) {
                        break; // a character too rare for the alphabet: what follows is unknown, too
                    }
                    spelling[length++] = id;
                }
                spelled.add(Arrays.copyOf(spelling, length));
                counts.add(word.count());
            }
        }
        long[] frequencies = counts.stream().mapToLong(Long::longValue).toArray();
        return new PairMerges(symbols, spelled, frequencies).learn(size, minFrequency, join);
    }

    private void requireRoom(int needed, String what) {
        Check.that(size >= needed, "size must hold the " + needed + " " + what, size);
    }

    private static Map<String, Integer> numbered(List<String> symbols) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String symbol : symbols) {
            ids.putIfAbsent(symbol, ids.size());
        }
        return ids;
    }

    private static String unknown(Type type) {
        return switch (type) {
            case BPE -> "";
            case WORDPIECE, WORD -> "[UNK]";
            case UNIGRAM, CHAR -> "<unk>";
        };
    }
}
