package org.lungo.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How texts are cut for {@link Bleu}: the tokenizers of sacreBLEU 2 of the same names (github.com/mjpost/sacrebleu). */
public enum BleuTokens {
    /** Punctuation apart, as mteval-v13a of WMT: for languages that part words by spaces. */
    @JsonProperty("13a")
    THIRTEEN_A("13a", BleuTokens::thirteenA),
    /** Chinese characters apart, the rest as {@code 13a}. */
    @JsonProperty("zh")
    ZH("zh", BleuTokens::chinese),
    /** Every character apart. */
    @JsonProperty("char")
    CHAR("char", BleuTokens::characters),
    /** At white space alone: for texts that are cut already. */
    @JsonProperty("none")
    NONE("none", text -> text);

    private static final Pattern SPACE = Pattern.compile("[\\s\\x1c-\\x1f\\x85\\p{Z}]+");
    private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern BEHIND_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH = Pattern.compile("([0-9])(-)");

    /**
     * First and last code points of what sacreBLEU takes for Chinese. The range from U+2001 to U+2A6D stands there by
     * mistake, and counts.
     */
    private static final int[][] CHINESE = {
        {0x3400, 0x4db5}, {0x4e00, 0x9fa5}, {0x9fa6, 0x9fbb}, {0xf900, 0xfa2d}, {0xfa30, 0xfa6a}, {0xfa70, 0xfad9},
        {0x2001, 0x2a6d}, {0xff00, 0xffef}, {0x2e80, 0x2eff}, {0x3000, 0x303f}, {0x31c0, 0x31ef}, {0x2f00, 0x2fdf},
        {0x2ff0, 0x2fff}, {0x3100, 0x312f}, {0x31a0, 0x31bf}, {0xfe10, 0xfe1f}, {0xfe30, 0xfe4f}, {0x3200, 0x32ff},
        {0x3300, 0x33ff}
    };

    private final String title;
    private final UnaryOperator<String> parted;

    BleuTokens(String title, UnaryOperator<String> parted) {
        this.title = title;
        this.parted = parted;
    }

    /**
     * The tokenizer of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static BleuTokens named(String title) {
        return Arrays.stream(values())
                .filter(tokens -> tokens.title.equals(title.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the tokenizer of BLEU must be 13a, zh, char or none. Received: " + title));
    }

    /** {@code zh} when most letters of {@code texts} are Chinese characters, else {@code 13a}. */
    public static BleuTokens fitting(List<String> texts) {
        long letters = 0;
        long chinese = 0;
        for (String text : texts) {
            letters += text.codePoints().filter(Character::isLetter).count();
            chinese += text.codePoints()
                    .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                    .count();
        }
        return chinese * 2 > letters ? ZH : THIRTEEN_A;
    }

    /** The tokens of a text. */
    public List<String> of(String text) {
        return Arrays.stream(SPACE.split(parted.apply(text)))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private static String thirteenA(String text) {
        String line = text.replace("<skipped>", "")
                .replace("-\n", "")
                .replace("\n", " ")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        return punctuation(" " + line + " ");
    }

    private static String punctuation(String text) {
        String line = PUNCTUATION.matcher(text).replaceAll(" $1 ");
        line = BEHIND_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
        line = BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
        return DASH.matcher(line).replaceAll("$1 $2 ");
    }

    private static String chinese(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean apart = Arrays.stream(CHINESE).anyMatch(range -> range[0] <= c && c <= range[1]);
            line.append(apart ? " " : "").appendCodePoint(c).append(apart ? " " : "");
        });
        return punctuation(SPACE.matcher(line).replaceAll(" ").strip());
    }

    private static String characters(String text) {
        return text.codePoints().mapToObj(Character::toString).collect(Collectors.joining(" "));
    }

    /** The name, as sacreBLEU has it. */
    @Override
    public String toString() {
        return title;
    }
}
