package org.lungo.deploy.template;

/** Resolves the escapes of a string literal, as Python does; an escape that it does not know stays as it is. */
final class Escapes {
    private static final String LETTERS = "abfnrtv\\'\"";
    private static final String CHARACTERS = "\u0007\b\f\n\r\t\u000b\\'\"";

    private final String literal;
    private final StringBuilder text = new StringBuilder();
    private int position;

    private Escapes(String literal) {
        this.literal = literal;
    }

    static String resolve(String literal) {
        return literal.indexOf('\\') < 0 ? literal : new Escapes(literal).run();
    }

    private String run() {
        while (position < literal.length()) {
            char c = literal.charAt(position++);
            if (c == '\\' && position < literal.length()) {
                escape(literal.charAt(position++));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private void escape(char c) {
        int letter = LETTERS.indexOf(c);
        if (letter >= 0) {
            text.append(CHARACTERS.charAt(letter));
        } else if (c == 'x' || c == 'u' || c == 'U') {
            hexadecimal(c);
        } else if (c >= '0' && c <= '7') {
            octal();
        } else if (c == 'N') {
            named();
        } else if (c != '\n') {
            text.append('\\').append(c);
        }
    }

    private void hexadecimal(char c) {
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
        String number = literal.substring(position, Math.min(literal.length(), position + digits));
        if (number.length() < digits || !number.chars().allMatch(d -> Character.digit(d, 16) >= 0)) {
            throw new TemplateException("\\" + c + " takes " + digits + " hexadecimal digits. Received: " + number);
        }
        position += digits;
        codePoint(Long.parseLong(number, 16));
    }

    private void octal() {
        int start = position - 1;
        while (position < literal.length()
                && position < start + 3
                && "01234567".indexOf(literal.charAt(position)) >= 0) {
            position++;
        }
        codePoint(Long.parseLong(literal.substring(start, position), 8));
    }

    /** A character by its Unicode name in braces. */
    private void named() {
        int end = literal.indexOf('}', position);
        String name = end > position ? literal.substring(position + 1, end) : "";
        try {
            text.appendCodePoint(Character.codePointOf(name));
        } catch (IllegalArgumentException e) {
            throw new TemplateException("\\N takes the name of a character in braces. Received: " + name);
        }
        position = end + 1;
    }

    private void codePoint(long code) {
        if (code > Character.MAX_CODE_POINT) {
            throw new TemplateException("a character of Unicode was expected. Received: " + Long.toHexString(code));
        }
        text.appendCodePoint((int) code);
    }
}
