package org.lungo.deploy.template;

import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Methods of Python's {@code str}: case, blanks, questions and layout. {@link TextSplitting} splits, {@link TextSearch}
 * searches.
 */
final class TextMethods {
    static final Functions<String> ALL = all();

    private TextMethods() {}

    private static Functions<String> all() {
        Functions<String> methods = new Functions<>("method of str");
        addCase(methods);
        addBlanks(methods);
        addQuestions(methods);
        addLayout(methods);
        TextSplitting.addTo(methods);
        TextSearch.addTo(methods);
        return methods;
    }

    /** A method of HTML: a text that it gives is HTML again. */
    static TemplateFunction ofMarkup(Markup markup, String name) {
        return arguments -> {
            Object result = ALL.call(name, markup.text(), arguments);
            return result instanceof String text ? new Markup(text) : result;
        };
    }

    private static void addCase(Functions<String> methods) {
        methods.with("upper", "", (text, a) -> a.budget().text(Characters.upper(text)))
                .with("lower", "", (text, a) -> a.budget().text(Characters.lower(text)))
                .with("casefold", "", (text, a) -> Characters.lower(Characters.upper(text)))
                .with("title", "", (text, a) -> a.budget().text(Characters.title(text)))
                .with("capitalize", "", (text, a) -> a.budget().text(Characters.capitalize(text)))
                .with("swapcase", "", (text, a) -> swapped(text));
    }

    private static String swapped(String text) {
        StringBuilder swapped = new StringBuilder(text.length());
        text.codePoints().forEach(code -> {
            String letter = Character.toString(code);
            swapped.append(Character.isUpperCase(code) ? Characters.lower(letter) : Characters.upper(letter));
        });
        return swapped.toString();
    }

    private static void addBlanks(Functions<String> methods) {
        methods.with("strip", "chars", (text, a) -> strip(text, a, true, true))
                .with("lstrip", "chars", (text, a) -> strip(text, a, true, false))
                .with("rstrip", "chars", (text, a) -> strip(text, a, false, true));
    }

    /** {@code text} without blanks, or the characters that the argument {@code chars} names, at its sides. */
    static String strip(String text, Arguments arguments, boolean left, boolean right) {
        IntPredicate drop = Characters::isSpace;
        if (arguments.has("chars")) {
            Set<Integer> codes = arguments.text("chars").codePoints().boxed().collect(Collectors.toSet());
            drop = codes::contains;
        }
        return arguments.budget().text(Characters.strip(text, drop, left, right));
    }

    private static void addQuestions(Functions<String> methods) {
        methods.with("isdigit", "", (text, a) -> Characters.all(text, Character::isDigit))
                .with("isdecimal", "", (text, a) -> Characters.all(text, Character::isDigit))
                .with("isnumeric", "", (text, a) -> Characters.all(text, Character::isDigit))
                .with("isalpha", "", (text, a) -> Characters.all(text, Character::isLetter))
                .with("isalnum", "", (text, a) -> Characters.all(text, Character::isLetterOrDigit))
                .with("isspace", "", (text, a) -> Characters.all(text, Characters::isSpace))
                .with("isupper", "", (text, a) -> Characters.allCased(text, Character::isUpperCase))
                .with("islower", "", (text, a) -> Characters.allCased(text, Character::isLowerCase))
                .with("isascii", "", (text, a) -> text.chars().allMatch(c -> c < 128));
    }

    private static void addLayout(Functions<String> methods) {
        methods.with("center", "width fillchar", (text, a) -> center(text, a))
                .with("ljust", "width fillchar", (text, a) -> text + fill(text, a))
                .with("rjust", "width fillchar", (text, a) -> fill(text, a) + text)
                .with("zfill", "width", (text, a) -> zeros(text, a))
                .with("format", "*", (text, a) -> BraceFormat.of(text, a));
    }

    private static String fill(String text, Arguments arguments) {
        int missing = Math.max(0, arguments.size("width", 0) - Characters.length(text));
        String filler = arguments.text("fillchar", " ");
        if (Characters.length(filler) != 1) {
            throw new TemplateException("fillchar must be one character. Received: " + filler);
        }
        arguments.budget().characters((long) missing + text.length());
        return filler.repeat(missing);
    }

    /** As Python: of an odd number of blanks, the one more stands left when the width is odd. */
    static String center(String text, Arguments arguments) {
        String blanks = fill(text, arguments);
        int missing = Characters.length(blanks);
        int left = missing / 2 + (missing & arguments.size("width", 0) & 1);
        int cut = Characters.index(blanks, left);
        return blanks.substring(0, cut) + text + blanks.substring(cut);
    }

    private static String zeros(String text, Arguments arguments) {
        int missing = Math.max(0, arguments.size("width", 0) - Characters.length(text));
        arguments.budget().characters((long) missing + text.length());
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
    }
}
