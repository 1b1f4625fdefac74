package org.lungo.deploy.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the inside of one tag into tokens. */
final class TagLexer {
    private static final String DIGITS = "(?:\\d+_)*\\d+";
    private static final Pattern FLOAT =
            Pattern.compile(DIGITS + "(?:(?:\\." + DIGITS + ")?[eE][+-]?" + DIGITS + "|\\." + DIGITS + ")");
    private static final Pattern WHOLE =
            Pattern.compile("0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
    private static final Pattern NAME = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern OPERATOR = Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}<>=.:|,;]");

    private final String source;
    private final String end;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Character> open = new ArrayDeque<>();
    private int position;
    private int line;
    private char sign = ' ';

    /** {@code end}: the mark of the tag's end, <code>%}</code> or <code>}}</code>. */
    TagLexer(String source, int position, int line, String end) {
        this.source = source;
        this.position = position;
        this.line = line;
        this.end = end;
    }

    List<Token> tokens() {
        while (!atEnd()) {
            if (position >= source.length()) {
                throw failure("a tag must end with " + end + ". Received: the end of the template");
            }
            char c = source.charAt(position);
            if (Characters.isSpace(c)) {
                moveTo(position + 1);
            } else if (c == '\'' || c == '"') {
                string(c);
            } else if (!number() && !take(NAME, Token.Kind.NAME)) {
                operator();
            }
        }
        return tokens;
    }

    /** Place of the first character behind the tag. */
    int position() {
        return position;
    }

    /** Whether blanks behind the tag are removed: the {@code -} or {@code +} before its end mark, or a space. */
    char sign() {
        return sign;
    }

    /** Moves behind the end mark, if it stands here and no bracket is open. */
    private boolean atEnd() {
        if (!open.isEmpty()) {
            return false;
        }
        char c = position < source.length() ? source.charAt(position) : ' ';
        boolean signed = (c == '-' || c == '+' && end.equals("%}")) && source.startsWith(end, position + 1);
        if (signed || source.startsWith(end, position)) {
            sign = signed ? c : ' ';
            position += signed ? 3 : 2;
            return true;
        }
        return false;
    }

    private void string(char quote) {
        int to = position + 1;
        while (to < source.length() && source.charAt(to) != quote) {
            to += source.charAt(to) == '\\' ? 2 : 1;
        }
        if (to >= source.length()) {
            throw failure("a string must end with " + quote + ". Received: one without an end");
        }
        try {
            add(Token.Kind.STRING, Escapes.resolve(source.substring(position + 1, to)));
        } catch (TemplateException e) {
            throw e.at(line);
        }
        moveTo(to + 1);
    }

    private boolean number() {
        boolean behindDot = source.charAt(position - 1) == '.';
        return !behindDot && take(FLOAT, Token.Kind.FLOAT) || take(WHOLE, Token.Kind.WHOLE);
    }

    private boolean take(Pattern pattern, Token.Kind kind) {
        Matcher matcher = pattern.matcher(source).region(position, source.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        add(kind, matcher.group());
        moveTo(matcher.end());
        return true;
    }

    private void operator() {
        if (!take(OPERATOR, Token.Kind.OPERATOR)) {
            throw failure("a name, a value or an operator was expected. Received: "
                    + Character.toString(source.codePointAt(position)));
        }
        char last = source.charAt(position - 1);
        if ("([{".indexOf(last) >= 0) {
            open.push(")]}".charAt("([{".indexOf(last)));
        } else if (")]}".indexOf(last) >= 0 && (open.isEmpty() || open.pop() != last)) {
            throw failure("a bracket that is open was expected. Received: " + last);
        }
    }

    private TemplateException failure(String message) {
        return new TemplateException(message).at(line);
    }

    private void add(Token.Kind kind, String text) {
        tokens.add(new Token(kind, text, line));
    }

    private void moveTo(int next) {
        for (int i = position; i < next; i++) {
            line += source.charAt(i) == '\n' ? 1 : 0;
        }
        position = next;
    }
}
