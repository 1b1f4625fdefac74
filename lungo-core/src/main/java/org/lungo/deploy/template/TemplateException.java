package org.lungo.deploy.template;

/** A template that is not understood, or that fails with the values it was given. The message names the line. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;

    TemplateException(String message) {
        this(message, 0);
    }

    private TemplateException(String message, int line) {
        super(message, null, false, false);
        this.line = line;
    }

    /** This failure at {@code line}, unless a more precise line is known. */
    TemplateException at(int line) {
        return this.line > 0 ? this : new TemplateException("line " + line + ": " + getMessage(), line);
    }

    /** Line of the template from 1 on, or 0 when it is unknown. */
    public int line() {
        return line;
    }
}
