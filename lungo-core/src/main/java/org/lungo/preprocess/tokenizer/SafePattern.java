package org.lungo.preprocess.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * Regular expressions that cannot run out of the matcher's limit. The Rust library's matcher (Oniguruma) gives up after ten
 * million steps back in one match, and the library then panics; so a pattern is read here, and its steps back on a text of
 * {@link Tokenizer#MAX_CHARACTERS} are bounded from above: a repetition without end costs the text's length, except where
 * all that follows always matches; parts in a row multiply, choices add. What is not understood is refused. All published
 * patterns pass (GPT-2 to GPT-4o, Llama 3, Qwen, DeepSeek, BLOOM).
 */
final class SafePattern {
    private static final double MAX_STEPS = 9e6;
    private static final double MAX_NODES = 10_000;
    private static final int MAX_DEPTH = 20;
    private static final int ENDLESS = Integer.MAX_VALUE;

    private final Part where;
    private final String pattern;
    private int at;
    private int depth;

    /**
     * What part of a pattern costs.
     *
     * @param steps the steps back at most
     * @param nodes the parts when repetitions are written out
     * @param always matches whatever comes
     * @param empty may match nothing
     * @param endless is a repetition without end, of something that has one way to match
     */
    private record Cost(double steps, double nodes, boolean always, boolean empty, boolean endless) {
        private static final Cost ONE = new Cost(1, 1, false, false, false);
        private static final Cost PLACE = new Cost(1, 1, false, true, false);
    }

    private SafePattern(Part where, String pattern) {
        this.where = where;
        this.pattern = pattern;
    }

    /** Throws unless {@code pattern}, which stands in {@code where}, is safe. */
    static void check(Part where, String pattern) {
        SafePattern reader = new SafePattern(where, pattern);
        Cost cost = reader.choices(true);
        reader.require(reader.at == pattern.length(), "groups that are opened before they are closed");
        reader.require(cost.steps <= MAX_STEPS, "a pattern that steps back less than " + (long) MAX_STEPS + " times");
        reader.require(cost.nodes <= MAX_NODES, "a pattern of at most " + (long) MAX_NODES + " parts");
    }

    private Cost choices(boolean outermost) {
        require(++depth <= MAX_DEPTH, "groups at most " + MAX_DEPTH + " deep");
        Cost sum = sequence(outermost);
        while (take('|')) {
            Cost next = sequence(outermost);
            sum = new Cost(
                    sum.steps + next.steps,
                    sum.nodes + next.nodes,
                    sum.always || next.always,
                    sum.empty || next.empty,
                    false);
        }
        depth--;
        return sum;
    }

    private Cost sequence(boolean outermost) {
        List<Cost> parts = new ArrayList<>();
        while (at < pattern.length() && peek() != '|' && peek() != ')') {
            parts.add(repeated(atom()));
        }
        double nodes = parts.stream().mapToDouble(Cost::nodes).sum() + 1;
        boolean always = parts.stream().allMatch(Cost::always);
        boolean empty = parts.stream().allMatch(Cost::empty);
        int end = parts.size();
        while (outermost && end > 0 && parts.get(end - 1).always) {
            end--;
        }
        if (outermost && end > 0 && parts.get(end - 1).endless) {
            end--;
        }
        double steps = parts.subList(0, end).stream().mapToDouble(Cost::steps).reduce(1, (a, b) -> a * b);
        return new Cost(steps, nodes, always, empty, false);
    }

    private Cost atom() {
        char c = next();
        return switch (c) {
            case '(' -> group();
            case '[' -> set(0);
            case '\\' -> escape();
            case '^', '$' -> Cost.PLACE;
            case '*', '+', '?', '{' -> throw refused("something before " + c);
            default -> Cost.ONE;
        };
    }

    private Cost group() {
        boolean looks = false;
        if (take('?')) {
            String opening = List.of(":", "i:", "=", "!", "<=", "<!", ">").stream()
                    .filter(one -> pattern.startsWith(one, at))
                    .findFirst()
                    .orElseThrow(() -> refused("groups of the kinds (?: (?i: (?= (?! (?<= (?<! (?>"));
            at += opening.length();
            looks = "=!<".indexOf(opening.charAt(0)) >= 0;
        }
        Cost inner = choices(false);
        require(take(')'), "groups that are closed");
        return looks ? new Cost(inner.steps, inner.nodes, false, true, false) : inner;
    }

    private Cost set(int nesting) {
        require(nesting < MAX_DEPTH, "sets at most " + MAX_DEPTH + " deep");
        take('^');
        require(at < pattern.length() && peek() != ']', "a character in every set");
        while (!take(']')) {
            char c = next();
            if (c == '[') {
                set(nesting + 1);
            } else if (c == '\\') {
                escape();
            }
        }
        return Cost.ONE;
    }

    private Cost escape() {
        char c = next();
        if (c == 'p' || c == 'P') {
            require(take('{'), "a name in braces after \\" + c);
            int end = pattern.indexOf('}', at);
            require(end > at && pattern.substring(at, end).matches("\\^?[A-Za-z0-9_ -]+"), "the name of a property");
            at = end + 1;
        } else if (c == 'x' || c == 'u') {
            String digits = c == 'u' ? "[0-9A-Fa-f]{4}.*" : "([0-9A-Fa-f]{2}|\\{[0-9A-Fa-f]{1,6}\\}).*";
            require(pattern.substring(at).matches("(?s)" + digits), "hexadecimal digits after \\" + c);
            at = c == 'u' ? at + 4 : peek() == '{' ? pattern.indexOf('}', at) + 1 : at + 2;
        } else if ("bBAzZ".indexOf(c) >= 0) {
            return Cost.PLACE;
        } else {
            boolean known = "sSdDwWrntfvh".indexOf(c) >= 0 || (c < 128 && !Character.isLetterOrDigit(c));
            require(known, "no \\" + c);
        }
        return Cost.ONE;
    }

    private Cost repeated(Cost inner) {
        int min;
        int max;
        boolean interval = false;
        if (take('*')) {
            min = 0;
            max = ENDLESS;
        } else if (take('+')) {
            min = 1;
            max = ENDLESS;
        } else if (take('?')) {
            min = 0;
            max = 1;
        } else if (take('{')) {
            interval = true;
            min = at < pattern.length() && peek() == ',' ? 0 : number();
            max = !take(',') ? min : at < pattern.length() && peek() == '}' ? ENDLESS : number();
            require(take('}') && min <= max, "repetitions such as {2} or {1,3}");
        } else {
            return inner;
        }
        boolean possessive = !interval && take('+');
        boolean lazy = !interval && !possessive && take('?');
        require(at == pattern.length() || "*+?{".indexOf(peek()) < 0, "one repetition of a part, not several");
        require(max <= 1 || inner.steps == 1, "nothing that varies within a repetition");
        require(max <= 1 || !inner.empty, "nothing that may be empty within a repetition");
        double nodes = inner.nodes * (max == ENDLESS ? Math.max(min, 1) : max);
        if (max == ENDLESS) {
            return new Cost(possessive ? 1 : Tokenizer.MAX_CHARACTERS, nodes, min == 0, min == 0, !lazy);
        }
        double steps = max <= 1 ? inner.steps + (max - min) : max - min + 1.0;
        return new Cost(steps, nodes, min == 0 || inner.always, min == 0 || inner.empty, false);
    }

    private int number() {
        int start = at;
        while (at < pattern.length() && Character.isDigit(peek()) && at - start < 4) {
            at++;
        }
        require(at > start && at - start < 4, "numbers below 1000 in braces");
        return Integer.parseInt(pattern, start, at, 10);
    }

    private char peek() {
        return pattern.charAt(at);
    }

    private char next() {
        require(at < pattern.length(), "a pattern that is complete");
        return pattern.charAt(at++);
    }

    private boolean take(char c) {
        boolean there = at < pattern.length() && peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private void require(boolean condition, String expected) {
        where.require(condition, "a safe pattern: " + expected, pattern);
    }

    private RuntimeException refused(String expected) {
        require(false, expected);
        return new IllegalStateException("not reached");
    }
}
