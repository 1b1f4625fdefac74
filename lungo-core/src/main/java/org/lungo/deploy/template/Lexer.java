package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens. A tag takes the line end behind it away ({@code trim_blocks}) and the blanks before it if
 * nothing else stands before it in its line ({@code lstrip_blocks}); {@code -} takes all blanks, {@code +} none.
 */
final class Lexer {
    private static final Pattern RAW = Pattern.compile("\\{%([-+]?)\\s*raw\\s*(-?)%}", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern END_RAW =
            Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}", Pattern.UNICODE_CHARACTER_CLASS);

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (position < source.length()) {
            int begin = nextTag();
            if (begin < 0) {
                add(Token.Kind.TEXT, source.substring(position));
                moveTo(source.length());
            } else {
                tag(begin);
            }
        }
        add(Token.Kind.END, "");
    }

    private int nextTag() {
        for (int at = source.indexOf('{', position); at >= 0; at = source.indexOf('{', at + 1)) {
            if (at + 1 < source.length() && "{%#".indexOf(source.charAt(at + 1)) >= 0) {
                return at;
            }
        }
        return -1;
    }

    private void tag(int begin) {
        char kind = source.charAt(begin + 1);
        char sign = sign(begin + 2);
        text(begin, sign, kind != '{');
        Matcher raw = RAW.matcher(source).region(begin, source.length());
        if (kind == '#') {
            comment(begin + 2);
        } else if (raw.lookingAt()) {
            raw(raw);
        } else {
            add(kind == '{' ? Token.Kind.PRINT_BEGIN : Token.Kind.TAG_BEGIN, source.substring(begin, begin + 2));
            moveTo(begin + (sign == ' ' ? 2 : 3));
            inside(kind == '{' ? "}}" : "%}");
        }
    }

    /** Whether blanks are removed before or behind a tag: the {@code -} or {@code +} at {@code place}, or a space. */
    private char sign(int place) {
        char c = place < source.length() ? source.charAt(place) : ' ';
        return c == '-' || c == '+' ? c : ' ';
    }

    /** The text up to {@code end}, where a tag with {@code sign} begins. */
    private void text(int end, char sign, boolean strips) {
        int to = end;
        if (sign == '-') {
            while (to > position && Characters.isSpace(source.charAt(to - 1))) {
                to--;
            }
        } else if (sign == ' ' && strips) {
            int start = end;
            while (start > position
                    && source.charAt(start - 1) != '\n'
                    && Characters.isSpace(source.charAt(start - 1))) {
                start--;
            }
            to = start == 0 || source.charAt(start - 1) == '\n' ? start : end;
        }
        if (to > position) {
            add(Token.Kind.TEXT, source.substring(position, to));
        }
        moveTo(end);
    }

    private void comment(int begin) {
        int from = begin + (sign(begin) == ' ' ? 0 : 1);
        int end = source.indexOf("#}", from);
        if (end < 0) {
            throw new TemplateException("a comment must end with #}. Received: one without an end").at(line);
        }
        moveTo(end + 2);
        skip(end > from ? sign(end - 1) : ' ', true);
    }

    private void raw(Matcher begin) {
        moveTo(begin.end());
        skip(begin.group(2).isEmpty() ? '+' : '-', false);
        Matcher end = END_RAW.matcher(source);
        if (!end.find(position)) {
            throw new TemplateException("{% raw %} must end with {% endraw %}. Received: one without an end").at(line);
        }
        text(end.start(), end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0), true);
        moveTo(end.end());
        skip(end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0), true);
    }

    /** What stands between the marks of a tag, and its end. */
    private void inside(String end) {
        TagLexer lexer = new TagLexer(source, position, line, end);
        tokens.addAll(lexer.tokens());
        moveTo(lexer.position());
        add(end.equals("}}") ? Token.Kind.PRINT_END : Token.Kind.TAG_END, end);
        skip(lexer.sign(), end.equals("%}"));
    }

    /** Skips what a tag that ends with {@code sign} takes away behind it. */
    private void skip(char sign, boolean trims) {
        int to = position;
        if (sign == '-') {
            while (to < source.length() && Characters.isSpace(source.charAt(to))) {
                to++;
            }
        } else if (sign == ' ' && trims && source.startsWith("\n", to)) {
            to++;
        }
        moveTo(to);
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
