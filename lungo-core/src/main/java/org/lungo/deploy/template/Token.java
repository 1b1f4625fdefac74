package org.lungo.deploy.template;

/**
 * A piece of a template.
 *
 * @param text a text as it is written, a name, an operator, the value of a string, or the digits of a number
 * @param line from 1 on
 */
record Token(Kind kind, String text, int line) {
    enum Kind {
        TEXT,
        PRINT_BEGIN,
        PRINT_END,
        TAG_BEGIN,
        TAG_END,
        NAME,
        STRING,
        WHOLE,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind kind, String text) {
        return this.kind == kind && this.text.equals(text);
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the template";
            case TEXT -> "text outside of a tag";
            case STRING -> "'" + text + "'";
            default -> text;
        };
    }
}
