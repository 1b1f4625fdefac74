package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses texts, prints and tags. */
final class StatementParser {
    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final TagParser tags;
    private int loops;

    StatementParser(List<Token> tokens) {
        this.cursor = new TokenCursor(tokens);
        this.expressions = new ExpressionParser(cursor);
        this.tags = new TagParser(cursor, expressions, this);
    }

    Statement.Block template() {
        Statement.Block block = statements(Set.of());
        if (!cursor.is(Token.Kind.END)) {
            throw unknown();
        }
        return block;
    }

    /** The statements up to a tag of {@code ends}, which is skipped up to its name; the tag's end is not. */
    Statement.Block body(Set<String> ends) {
        cursor.skipOperator(":");
        endOfTag();
        Statement.Block block = statements(ends);
        if (cursor.is(Token.Kind.END)) {
            throw cursor.unexpected(
                    "{% " + String.join(" or ", ends.stream().sorted().toList()) + " %}");
        }
        return block;
    }

    /** A body that {@code end} ends. */
    Statement.Block bodyTo(String end) {
        Statement.Block block = body(Set.of(end));
        cursor.expectName(end);
        return block;
    }

    /** A body in which {@code break} and {@code continue} may stand. */
    Statement.Block loopBody(Set<String> ends) {
        loops++;
        Statement.Block block = body(ends);
        loops--;
        return block;
    }

    void endOfTag() {
        cursor.expect(Token.Kind.TAG_END, "%}");
    }

    private Statement.Block statements(Set<String> ends) {
        cursor.enter();
        List<Statement> found = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        while (!cursor.is(Token.Kind.END)) {
            int line = cursor.line();
            Token begin = cursor.next();
            if (begin.kind() == Token.Kind.TEXT) {
                found.add(new Statement.Text(begin.text()));
            } else if (begin.kind() == Token.Kind.PRINT_BEGIN) {
                found.add(new Statement.Print(expressions.tuple(true)));
                cursor.expect(Token.Kind.PRINT_END, "}}");
            } else if (ends.contains(cursor.current().text())) {
                break;
            } else {
                found.add(tag());
                endOfTag();
            }
            lines.add(line);
        }
        cursor.leave();
        return new Statement.Block(List.copyOf(found), List.copyOf(lines));
    }

    private Statement tag() {
        Token name = cursor.current();
        boolean jumps = loops > 0 && (cursor.isName("break") || cursor.isName("continue"));
        if (jumps) {
            cursor.next();
            return new Statement.Jump(name.text().equals("break") ? Statement.Flow.BREAK : Statement.Flow.CONTINUE);
        }
        return switch (name.kind() == Token.Kind.NAME ? name.text() : "") {
            case "if" -> tags.branch();
            case "for" -> tags.loop();
            case "set" -> tags.set();
            case "macro" -> tags.macro();
            case "call" -> tags.call();
            case "filter" -> tags.filter();
            case "with" -> tags.with();
            case "print" -> tags.print();
            case "generation" -> tags.generation();
            default -> throw unknown();
        };
    }

    private TemplateException unknown() {
        return cursor.unexpected("a tag that chat templates use (if, for, set, macro, call, filter, with, generation,"
                + " raw; in a loop break and continue)");
    }
}
