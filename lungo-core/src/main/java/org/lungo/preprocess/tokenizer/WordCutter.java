package org.lungo.preprocess.tokenizer;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Cuts a text into the words that a vocabulary is learned from. What the Rust library cuts is what counts when a text is
 * encoded; here the same rules only count, so a character that a newer Unicode classes otherwise costs a little fit and
 * nothing else.
 */
@FunctionalInterface
interface WordCutter {
    /** Gives the words of {@code text} in order. */
    void cut(String text, Consumer<String> words);

    /** As GPT-2: a space belongs to the word after it, letters, digits and other characters stay apart. */
    WordCutter BYTES = (text, words) -> {
        int at = 0;
        while (at < text.length()) {
            int end = gpt2(text, at);
            words.accept(text.substring(at, end));
            at = end;
        }
    };

    /** As SentencePiece: a space is written as U+2581 and belongs to the word after it; line ends stand alone. */
    WordCutter PIECES = (text, words) -> {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            boolean alone = !end && (text.charAt(i) == '\n' || text.charAt(i) == '\r' || text.charAt(i) == '\t');
            if (start < i && (end || alone || text.charAt(i) == ' ')) {
                words.accept(text.substring(start, i).replace(' ', '\u2581'));
                start = i;
            }
            if (alone) {
                words.accept(text.substring(i, i + 1));
                start = i + 1;
            }
        }
    };

    /** Every character alone. */
    WordCutter CHARACTERS = (text, words) -> text.codePoints().forEach(c -> words.accept(Character.toString(c)));

    /** As BERT: words at white space, punctuation and Chinese characters alone; lower case has no accents either. */
    static WordCutter bert(boolean lowercase) {
        Pattern accents = Pattern.compile("\\p{Mn}+");
        return (text, words) -> {
            String plain = !lowercase
                    ? text
                    : accents.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                            .replaceAll("")
                            .toLowerCase(Locale.ROOT);
            StringBuilder word = new StringBuilder();
            plain.codePoints().forEach(c -> {
                boolean alone = isPunctuation(c) || isChinese(c);
                if ((alone || isSpace(c)) && word.length() > 0) {
                    words.accept(word.toString());
                    word.setLength(0);
                }
                if (alone) {
                    words.accept(Character.toString(c));
                } else if (!isSpace(c) && !isControl(c)) {
                    word.appendCodePoint(c);
                }
            });
            if (word.length() > 0) {
                words.accept(word.toString());
            }
        };
    }

    private static int gpt2(String text, int at) {
        char first = text.charAt(at);
        if (first == '\'') {
            for (String ending : new String[] {"s", "t", "re", "ve", "m", "ll", "d"}) {
                if (text.startsWith(ending, at + 1)) {
                    return at + 1 + ending.length();
                }
            }
        }
        int start = first == ' ' && at + 1 < text.length() ? at + 1 : at;
        if (kind(text.codePointAt(start)) != 0) {
            return run(text, start);
        }
        int end = run(text, at);
        // The last space of several belongs to the word after it.
        return end == text.length() || end - at == 1 ? end : text.offsetByCodePoints(end, -1);
    }

    private static int run(String text, int at) {
        int kind = kind(text.codePointAt(at));
        int end = at;
        while (end < text.length() && kind(text.codePointAt(end)) == kind) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private static int kind(int c) {
        if (isSpace(c)) {
            return 0;
        }
        if (Character.isLetter(c)) {
            return 1;
        }
        int type = Character.getType(c);
        boolean number = type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
        return number ? 2 : 3;
    }

    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
    }

    private static boolean isControl(int c) {
        int type = Character.getType(c);
        return c == 0xFFFD
                || type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE;
    }

    private static boolean isPunctuation(int c) {
        int type = Character.getType(c);
        boolean ascii = (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
        return ascii
                || type == Character.CONNECTOR_PUNCTUATION
                || type == Character.DASH_PUNCTUATION
                || type == Character.START_PUNCTUATION
                || type == Character.END_PUNCTUATION
                || type == Character.INITIAL_QUOTE_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION
                || type == Character.OTHER_PUNCTUATION;
    }

    private static boolean isChinese(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2CEAF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }
}
