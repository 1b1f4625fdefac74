package org.lungo.deploy.template;

import java.util.List;

/** A place among the tokens of a template, and what parsers ask there. */
final class TokenCursor {
    /** Brackets and blocks inside each other, while parsing. */
    private static final int DEPTH = 100;

    private final List<Token> tokens;
    private int position;
    private int depth;

    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(position);
    }

    Token ahead() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = current();
        position = Math.min(position + 1, tokens.size() - 1);
        return token;
    }

    int line() {
        return current().line();
    }

    boolean is(Token.Kind kind) {
        return current().kind() == kind;
    }

    boolean isOperator(String operator) {
        return current().is(Token.Kind.OPERATOR, operator);
    }

    boolean isName(String name) {
        return current().is(Token.Kind.NAME, name);
    }

    boolean skipOperator(String operator) {
        return skip(isOperator(operator));
    }

    boolean skipName(String name) {
        return skip(isName(name));
    }

    private boolean skip(boolean skips) {
        if (skips) {
            next();
        }
        return skips;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected(operator);
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected(name);
        }
    }

    /** The name that stands here. */
    String name() {
        return expect(Token.Kind.NAME, "a name").text();
    }

    Token expect(Token.Kind kind, String what) {
        if (!is(kind)) {
            throw unexpected(what);
        }
        return next();
    }

    TemplateException unexpected(String expected) {
        return new TemplateException(
                        expected + " was expected. Received: " + current().shown())
                .at(line());
    }

    /** One bracket or block further in; {@link #leave} goes out again. */
    void enter() {
        if (++depth > DEPTH) {
            throw new TemplateException("a template may nest " + DEPTH + " deep. Received: one that nests deeper")
                    .at(line());
        }
    }

    void leave() {
        depth--;
    }
}
