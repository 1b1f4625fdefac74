package org.lungo.deploy.text;

/** A conversation that the model's template does not take, or a template that cannot be rendered. */
public final class ChatTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChatTemplateException(String message) {
        super(message, null, false, false);
    }
}
