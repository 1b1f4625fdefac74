package org.lungo.preprocess.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Random;

/** Maps as SentencePiece writes them; the Rust library, which ends the JVM where one is broken, reads what passes. */
class CharacterMapTest {
    private static final Map<String, String> LETTERS = Map.of("ﬁ", "fi", "Ａ", "A", "ｂ", "b", "\u200B", "", "㍿", "株式会社");
    private static final String TEXT = "ﬁＡ ｂ\u200Ba㍿ <s>\u0301Ä🐻\0";

    @Test
    void textsAreWrittenAsTheMapSays() {
        Tokenizer tokenizer = tokenizer(map(LETTERS));
        assertThat(tokenizer.decode(tokenizer.encode("ﬁＡｂ\u200B㍿"))).isEqualTo("fiAb株式会社");
    }

    @Test
    void refusesMapsThatLeadNowhere() {
        byte[] bytes = Base64.getDecoder().decode(map(LETTERS));
        assertThat(CharacterMap.isSafe(map(LETTERS))).isTrue();
        for (int length = 0; length < bytes.length - 20; length += 97) {
            assertThat(CharacterMap.isSafe(base64(java.util.Arrays.copyOf(bytes, length))))
                    .isFalse();
        }
        ByteBuffer beyond = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
        beyond.putInt(4, 1 << 29); // the children of the root
        assertThat(CharacterMap.isSafe(base64(beyond.array()))).isFalse();
        assertThat(CharacterMap.isSafe("no base64!")).isFalse();
        assertThatThrownBy(() -> tokenizer("BAAA"))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("precompiled_charsmap as a complete map of SentencePiece. Received: BAAA");
    }

    @Test
    void whatPassesBreaksNothing() {
        byte[] bytes = Base64.getDecoder().decode(map(LETTERS));
        RandomGenerator random = Random.of(3).generator();
        int passed = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] changed = bytes.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                int at = random.nextInt(changed.length);
                changed[at] ^= (byte) (1 << random.nextInt(8));
            }
            if (CharacterMap.isSafe(base64(changed))) {
                Tokenizer tokenizer = tokenizer(base64(changed));
                tokenizer.decode(tokenizer.encode(TEXT));
                tokenizer.encode("\u200B\u200Ba");
                passed++;
            }
        }
        assertThat(passed).isBetween(100, 2999);
    }

    private static Tokenizer tokenizer(String map) {
        return Tokenizer.parse(
                "{\"normalizer\": {\"type\": \"Precompiled\", \"precompiled_charsmap\": \"" + map + "\"},"
                        + "\"pre_tokenizer\": {\"type\": \"Split\", \"pattern\": {\"Regex\": \"\"\".\"\"\"}, \"behavior\": \"Isolated\","
                                .replace("\"\"\"", "\"")
                        + "\"invert\": false}, \"decoder\": {\"type\": \"Fuse\"}, \"model\": {\"type\": \"WordLevel\", \"unk_token\": \"?\","
                        + "\"vocab\": {\"?\": 0, \"f\": 1, \"i\": 2, \"A\": 3, \"b\": 4, \"株\": 5, \"式\": 6, \"会\": 7, \"社\": 8}}}");
    }

    private static String base64(byte... bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The bytes of a double array for {@code texts}, as Darts-clone lays it out. */
    private static String map(Map<String, String> texts) {
        StringBuilder values = new StringBuilder();
        Map<String, Integer> keys = new TreeMap<>(); // in the order of UTF-8, as Latin-1 letters
        new TreeMap<>(texts).forEach((from, to) -> {
            byte[] key = from.getBytes(StandardCharsets.UTF_8);
            keys.put(
                    new String(key, StandardCharsets.ISO_8859_1),
                    values.toString().getBytes(StandardCharsets.UTF_8).length);
            values.append(to).append('\0');
        });
        int[] units = new int[1024];
        new Array(units, new HashSet<>(Set.of(0)), new HashSet<>()).build(0, new ArrayList<>(keys.keySet()), 0, keys);
        byte[] blob = values.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(4 + 4 * units.length + blob.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(4 * units.length);
        for (int unit : units) {
            bytes.putInt(unit);
        }
        return base64(bytes.put(blob).array());
    }

    private record Array(int[] units, Set<Integer> used, Set<Integer> bases) {
        void build(int place, List<String> keys, int depth, Map<String, Integer> values) {
            boolean leaf = keys.get(0).length() == depth;
            TreeMap<Integer, List<String>> children = new TreeMap<>();
            for (String key : keys) {
                if (key.length() > depth) {
                    children.computeIfAbsent((int) key.charAt(depth), label -> new ArrayList<>())
                            .add(key);
                }
            }
            int base = 1;
            while (!fits(base, leaf, children.keySet())) {
                base++;
            }
            bases.add(base);
            units[place] |= (place ^ base) << 10 | (leaf ? 1 << 8 : 0);
            if (leaf) {
                used.add(base);
                units[base] = values.get(keys.get(0)) | 1 << 31;
            }
            for (int label : children.keySet()) {
                used.add(base ^ label);
                units[base ^ label] = label;
            }
            int start = base;
            children.forEach((label, below) -> build(start ^ label, below, depth + 1, values));
        }

        private boolean fits(int base, boolean leaf, Set<Integer> labels) {
            return !bases.contains(base)
                    && !(leaf && used.contains(base))
                    && labels.stream().noneMatch(label -> used.contains(base ^ label));
        }
    }
}
