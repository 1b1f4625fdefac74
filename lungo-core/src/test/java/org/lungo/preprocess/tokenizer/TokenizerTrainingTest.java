package org.lungo.preprocess.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lungo.preprocess.tokenizer.TokenizerTraining.Type;
import org.lungo.tensor.Random;
import tools.jackson.databind.JsonNode;

class TokenizerTrainingTest {
    private static final Pattern GPT2 = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    /** An independent application of the learned merges, word by word as they were learned, to the whole corpus. */
    @Test
    void theLibraryAppliesTheMergesAsTheyWereLearned() {
        String text = PublishedFiles.text("tinyshakespeare/input.txt.gz");
        Tokenizer tokenizer =
                TokenizerTraining.of(Type.BPE, 8000).train(lines(text).iterator());
        assertThat(tokenizer.size()).isEqualTo(8000);
        Map<String, Integer> ranks = ranks(tokenizer);
        Map<String, int[]> cache = new HashMap<>();
        List<Integer> expected = new ArrayList<>();
        for (String piece : pieces(text)) {
            Matcher word = GPT2.matcher(piece);
            while (word.find()) {
                int[] ids = cache.computeIfAbsent(word.group(), one -> merged(one, ranks, tokenizer));
                Arrays.stream(ids).forEach(expected::add);
            }
        }
        int[] ids = tokenizer.encodeAll(pieces(text)).stream()
                .flatMapToInt(Arrays::stream)
                .toArray();
        assertThat(ids).isEqualTo(expected.stream().mapToInt(Integer::intValue).toArray());
        assertThat(tokenizer.decode(ids)).isEqualTo(text);
        assertThat((double) text.length() / ids.length).isGreaterThan(3.5); // GPT-2's own vocabulary: 3.3
    }

    @Test
    void learnsTheMergesOfACountingFromScratch() {
        var random = Random.of(3).generator();
        for (int round = 0; round < 200; round++) {
            List<String> symbols = new ArrayList<>(List.of("a", "b", "c"));
            List<int[]> words = new ArrayList<>();
            long[] counts = new long[1 + random.nextInt(20)];
            for (int i = 0; i < counts.length; i++) {
                words.add(IntStream.range(0, 1 + random.nextInt(12))
                        .map(any -> random.nextInt(3))
                        .toArray());
                counts[i] = 1 + random.nextInt(5);
            }
            List<List<String>> spelled = words.stream()
                    .map(word -> Arrays.stream(word).mapToObj(symbols::get).toList())
                    .toList();
            List<String> naive = naive(new ArrayList<>(symbols), new ArrayList<>(spelled), counts, 30, 2);
            List<String> learned = new PairMerges(symbols, words, counts)
                    .learn(30, 2, String::concat).stream()
                            .map(pair -> pair[0] + " " + pair[1])
                            .toList();
            assertThat(learned).isEqualTo(naive);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BPE", "UNIGRAM", "CHAR"})
    void givesEveryTextBack(Type type) {
        List<String> corpus = new ArrayList<>(pieces(PublishedFiles.text("tinyshakespeare/input.txt.gz")));
        for (String archive : List.of("poetry_tang/poet_tang_first6.zip", "chnsenticorp/chnsenticorp.zip")) {
            PublishedFiles.unzipped(archive).forEach(text -> corpus.addAll(pieces(text)));
        }
        List<String> sample = corpus.stream()
                .map(one -> one.substring(0, Math.min(one.length(), 60_000)))
                .limit(12)
                .toList();
        Tokenizer tokenizer =
                TokenizerTraining.of(type, 6000).withMinFrequency(1).train(sample.iterator());
        List<String> odd = type == Type.CHAR
                ? List.of("")
                : List.of("", " ", "  x ", "a\n\n b\t\r\n", "🐻‍❄️ é e\u0301 \0 \uFFFD", "<0x41>", "'s 'LL", "\u00a0x");
        for (int i = 0; i < (type == Type.CHAR ? sample : corpus).size(); i += 3) { // of every file some pieces
            String text = (type == Type.CHAR ? sample : corpus).get(i);
            assertThat(tokenizer.decode(tokenizer.encode(text)).equals(text)).isTrue();
        }
        odd.forEach(text -> assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text));
    }

    @ParameterizedTest
    @EnumSource
    void isDeterministic(Type type) {
        List<String> lines =
                lines(PublishedFiles.text("tinyshakespeare/input.txt.gz")).subList(0, 2000);
        TokenizerTraining training = TokenizerTraining.of(type, 1000);
        Tokenizer tokenizer = training.train(lines.iterator());
        List<String> reversed = new ArrayList<>(lines);
        Collections.reverse(reversed);
        assertThat(training.train(reversed.iterator()).json()).isEqualTo(tokenizer.json());
        assertThat(tokenizer.size()).isBetween(50, 1000);
        for (int i = 0; i < type.specialTokens().size(); i++) {
            assertThat(tokenizer.token(i)).isEqualTo(type.specialTokens().get(i));
            assertThat(tokenizer.isSpecial(i)).isTrue();
        }
    }

    @Test
    void learnsWordPieces() {
        List<String> texts = List.of("unaffable affable Affable", "un run, running!", "affable running");
        Tokenizer tokenizer =
                TokenizerTraining.of(Type.WORDPIECE, 100).withLowercase().train(texts.iterator());
        assertThat(tokens(tokenizer, "Affable running")).containsExactly("[CLS]", "affable", "running", "[SEP]");
        assertThat(tokens(tokenizer, "unaffable,")).startsWith("[CLS]", "un").endsWith(",", "[SEP]");
        assertThat(tokens(tokenizer, "z")).containsExactly("[CLS]", "[UNK]", "[SEP]");
    }

    @Test
    void learnsWords() {
        List<String> texts = List.of("The cat, the dog.", "生活 the");
        Tokenizer tokenizer = TokenizerTraining.of(Type.WORD, 9).withLowercase().train(texts.iterator());
        assertThat(tokenizer.encode("THE cat flies 生")).hasSize(4).contains(1).startsWith(2);
        assertThat(tokenizer.token(2)).isEqualTo("the");
        assertThat(tokenizer.paddingId()).isZero();
        assertThat(tokenizer.size()).isEqualTo(9);
        Tokenizer frequent =
                TokenizerTraining.of(Type.WORD, 9).withMinFrequency(2).train(texts.iterator());
        assertThat(frequent.size()).isEqualTo(3);
    }

    @Test
    void learnsPiecesThatStandTogether() {
        List<String> texts = Collections.nCopies(50, "low lower lowest newer newest wide wider widest");
        Tokenizer tokenizer = TokenizerTraining.of(Type.UNIGRAM, 300).train(texts.iterator());
        assertThat(tokenizer.encode("low lowest newest")).hasSizeLessThan(9);
        assertThat(tokenizer.decode(tokenizer.encode("low 中"))).isEqualTo("low 中");
        assertThat(UnigramTraining.digamma(1)).isCloseTo(-0.5772156649015329, within(1e-10));
        assertThat(UnigramTraining.digamma(0.5)).isCloseTo(-1.9635100260214235, within(1e-10));
    }

    @Test
    void cutsWordsAsTheLibraryDoes() {
        String text = "It's  a\n\n test,\u00a0naïve x2 don't!? 生活 \t ½ e\u0301x  ";
        List<String> expected = new ArrayList<>();
        Matcher word = GPT2.matcher(text);
        while (word.find()) {
            expected.add(word.group());
        }
        List<String> cut = new ArrayList<>();
        WordCutter.BYTES.cut(text, cut::add);
        assertThat(cut).isEqualTo(expected);
    }

    @Test
    void forgetsTheRarestWordsOnly() {
        WordCounts counts = new WordCounts(2000);
        for (int i = 0; i < 1000; i++) {
            counts.add("often");
            counts.add("word" + i);
        }
        List<WordCounts.Count> words = counts.sorted();
        assertThat(words.get(0)).isEqualTo(new WordCounts.Count("often", 1000));
        assertThat(words).hasSizeLessThan(60);
    }

    @Test
    void saysWhatItNeeds() {
        assertThatThrownBy(() ->
                        TokenizerTraining.of(Type.BPE, 100).train(List.of("a").iterator()))
                .hasMessage("size must hold the 257 special tokens and bytes. Received: 100");
        assertThatThrownBy(() -> TokenizerTraining.of(Type.UNIGRAM, 100)
                        .train(List.of("a").iterator()))
                .hasMessage("size must be larger than the 279 special tokens, bytes and their spelling. Received: 100");
        assertThatThrownBy(() -> TokenizerTraining.of(Type.WORD, 9).withSpecialTokens(List.of("<pad>")))
                .hasMessage("the special tokens of word must have [UNK]. Received: [<pad>]");
        assertThatThrownBy(() ->
                        TokenizerTraining.of(Type.BPE, 300).train(List.of("").iterator()))
                .hasMessage("the texts must have words. Received: none");
        assertThatThrownBy(() -> TokenizerTraining.of(Type.BPE, 0)).hasMessageContaining("size must be at least 1");
    }

    private static List<String> tokens(Tokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encodeFully(text).ids())
                .mapToObj(tokenizer::token)
                .toList();
    }

    private static Map<String, Integer> ranks(Tokenizer tokenizer) {
        JsonNode merges =
                TokenizerFile.JSON.readTree(tokenizer.json()).get("model").get("merges");
        Map<String, Integer> ranks = new LinkedHashMap<>();
        merges.forEach(
                merge -> ranks.put(merge.get(0).asString() + " " + merge.get(1).asString(), ranks.size()));
        return ranks;
    }

    private static int[] merged(String word, Map<String, Integer> ranks, Tokenizer tokenizer) {
        List<String> parts =
                new ArrayList<>(Arrays.asList(ByteLetters.write(word).split("")));
        while (true) {
            int best = -1;
            for (int i = 0; i + 1 < parts.size(); i++) {
                Integer rank = ranks.get(parts.get(i) + " " + parts.get(i + 1));
                if (rank != null && (best < 0 || rank < ranks.get(parts.get(best) + " " + parts.get(best + 1)))) {
                    best = i;
                }
            }
            if (best < 0) {
                return parts.stream().mapToInt(tokenizer::id).toArray();
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
    }

    /** Counts all pairs anew for each merge. */
    private static List<String> naive(
            List<String> symbols, List<List<String>> words, long[] counts, int size, int least) {
        List<String> merges = new ArrayList<>();
        while (symbols.size() < size) {
            Map<String, Long> pairs = new HashMap<>();
            for (int w = 0; w < counts.length; w++) {
                for (int i = 0; i + 1 < words.get(w).size(); i++) {
                    pairs.merge(words.get(w).get(i) + " " + words.get(w).get(i + 1), counts[w], Long::sum);
                }
            }
            String best = null;
            for (int a = 0; a < symbols.size(); a++) {
                for (int b = 0; b < symbols.size(); b++) {
                    String pair = symbols.get(a) + " " + symbols.get(b);
                    if (pairs.getOrDefault(pair, 0L) > (best == null ? least - 1 : pairs.get(best))) {
                        best = pair;
                    }
                }
            }
            if (best == null) {
                return merges;
            }
            merges.add(best);
            String left = best.substring(0, best.indexOf(' '));
            String right = best.substring(best.indexOf(' ') + 1);
            if (!symbols.contains(left + right)) {
                symbols.add(left + right);
            }
            for (int w = 0; w < counts.length; w++) {
                List<String> word = new ArrayList<>(words.get(w));
                for (int i = 0; i + 1 < word.size(); i++) {
                    if (word.get(i).equals(left) && word.get(i + 1).equals(right)) {
                        word.set(i, left + right);
                        word.remove(i + 1);
                    }
                }
                words.set(w, word);
            }
        }
        return merges;
    }

    /** Lines with their ends. */
    private static List<String> lines(String text) {
        return List.of(text.split("(?<=\n)"));
    }

    /** Parts that may be encoded at once. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (String line : lines(text)) {
            piece.append(line);
            if (piece.length() > 50_000) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
        }
        pieces.add(piece.toString());
        return pieces;
    }
}
