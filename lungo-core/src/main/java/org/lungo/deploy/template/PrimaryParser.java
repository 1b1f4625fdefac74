package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses literals and names, and what stands behind them: attributes, items, calls, filters and tests. */
final class PrimaryParser {
    private static final Expression NOTHING = new Expression.Literal(None.NONE);
    private static final Set<String> NO_OPERAND = Set.of("else", "or", "and");

    private final TokenCursor cursor;
    private final ExpressionParser expressions;

    PrimaryParser(TokenCursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    Expression primary() {
        Token token = cursor.current();
        switch (token.kind()) {
            case NAME -> {
                return named(cursor.next().text());
            }
            case STRING -> {
                StringBuilder text = new StringBuilder();
                while (cursor.is(Token.Kind.STRING)) {
                    text.append(cursor.next().text());
                }
                return new Expression.Literal(text.toString());
            }
            case WHOLE, FLOAT -> {
                return new Expression.Literal(NumberText.literal(cursor.next()));
            }
            default -> {
                return bracketed();
            }
        }
    }

    private Expression named(String name) {
        switch (name) {
            case "true", "True" -> {
                return new Expression.Literal(true);
            }
            case "false", "False" -> {
                return new Expression.Literal(false);
            }
            case "none", "None" -> {
                return NOTHING;
            }
            default -> {
                expressions.reads(name);
                return new Expression.Name(name);
            }
        }
    }

    private Expression bracketed() {
        if (cursor.skipOperator("(")) {
            Expression inside = cursor.isOperator(")") ? new Expression.TupleOf(List.of()) : expressions.tuple(true);
            cursor.expectOperator(")");
            return inside;
        }
        if (cursor.skipOperator("[")) {
            List<Expression> items = new ArrayList<>();
            while (!cursor.skipOperator("]")) {
                items.add(expressions.expression());
                comma("]");
            }
            return new Expression.ListOf(List.copyOf(items));
        }
        if (cursor.skipOperator("{")) {
            return map();
        }
        throw cursor.unexpected("a value");
    }

    private Expression map() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!cursor.skipOperator("}")) {
            keys.add(expressions.expression());
            cursor.expectOperator(":");
            values.add(expressions.expression());
            comma("}");
        }
        return new Expression.MapOf(List.copyOf(keys), List.copyOf(values));
    }

    /** The comma between two items; before {@code end} it may stand or not. */
    private void comma(String end) {
        if (!cursor.skipOperator(",") && !cursor.isOperator(end)) {
            throw cursor.unexpected(end);
        }
    }

    /** {@code value} with the attributes, items and calls behind it. */
    Expression postfix(Expression value) {
        Expression result = value;
        while (true) {
            if (cursor.skipOperator(".")) {
                result = attribute(result);
            } else if (cursor.skipOperator("[")) {
                result = subscript(result);
            } else if (cursor.isOperator("(")) {
                result = new Expression.Call(result, arguments());
            } else {
                return result;
            }
        }
    }

    private Expression attribute(Expression owner) {
        if (cursor.is(Token.Kind.WHOLE)) {
            return new Expression.Item(owner, new Expression.Literal(NumberText.literal(cursor.next())));
        }
        return new Expression.Attribute(owner, cursor.name());
    }

    private Expression subscript(Expression owner) {
        Expression first = cursor.isOperator(":") ? NOTHING : expressions.tuple(true);
        if (!cursor.skipOperator(":")) {
            cursor.expectOperator("]");
            return new Expression.Item(owner, first);
        }
        Expression stop = bound();
        Expression step = cursor.skipOperator(":") ? bound() : NOTHING;
        cursor.expectOperator("]");
        return new Expression.Slice(owner, first, stop, step);
    }

    private Expression bound() {
        return cursor.isOperator(":") || cursor.isOperator("]") ? NOTHING : expressions.expression();
    }

    /** {@code value} with the filters and tests behind it. */
    Expression filtered(Expression value) {
        Expression result = value;
        while (true) {
            if (cursor.skipOperator("|")) {
                result = filter(result);
            } else if (cursor.skipName("is")) {
                result = test(result);
            } else if (cursor.isOperator("(")) {
                result = new Expression.Call(result, arguments());
            } else {
                return result;
            }
        }
    }

    /** The filter that is named here, of {@code value}. */
    Expression.Filter filter(@Nullable Expression value) {
        String name = dotted();
        return new Expression.Filter(value, name, optionalArguments());
    }

    private Expression test(Expression value) {
        boolean negated = cursor.skipName("not");
        String name = dotted();
        Expression test = new Expression.Test(value, name, operand());
        return negated ? new Expression.Not(test) : test;
    }

    /** The arguments of a test: in brackets, or one value without them. */
    private Expression.CallArguments operand() {
        boolean value = switch (cursor.current().kind()) {
            case NAME -> !NO_OPERAND.contains(cursor.current().text());
            case STRING, WHOLE, FLOAT -> true;
            default -> cursor.isOperator("[") || cursor.isOperator("{");
        };
        if (!value) {
            return optionalArguments();
        }
        if (cursor.isName("is")) {
            throw cursor.unexpected("one test");
        }
        return new Expression.CallArguments(List.of(postfix(primary())), Map.of(), null, null);
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(cursor.name());
        while (cursor.skipOperator(".")) {
            name.append('.').append(cursor.name());
        }
        return name.toString();
    }

    private Expression.CallArguments optionalArguments() {
        return cursor.isOperator("(") ? arguments() : Expression.CallArguments.NONE;
    }

    private Expression.CallArguments arguments() {
        cursor.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression more = null;
        Expression moreNamed = null;
        while (!cursor.skipOperator(")")) {
            if (moreNamed == null && cursor.skipOperator("**")) {
                moreNamed = expressions.expression();
            } else if (more == null && cursor.skipOperator("*")) {
                more = expressions.expression();
            } else if (cursor.is(Token.Kind.NAME) && cursor.ahead().is(Token.Kind.OPERATOR, "=")) {
                String name = cursor.name();
                cursor.next();
                named.put(name, expressions.expression());
            } else if (named.isEmpty() && more == null && moreNamed == null) {
                positional.add(expressions.expression());
            } else {
                throw cursor.unexpected("a named argument");
            }
            comma(")");
        }
        return new Expression.CallArguments(List.copyOf(positional), named, more, moreNamed);
    }
}
