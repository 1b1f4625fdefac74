package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses expressions by Jinja2's precedence: {@code if}, or, and, not, comparisons, +, ~, *, **, signs, filters. */
final class ExpressionParser {
    private static final Map<String, Operator> SUMS = Map.of("+", Operator.ADD, "-", Operator.SUBTRACT);
    private static final Map<String, Operator> PRODUCTS =
            Map.of("*", Operator.MULTIPLY, "/", Operator.DIVIDE, "//", Operator.FLOOR_DIVIDE, "%", Operator.MODULO);
    private static final Map<String, Operator> POWERS = Map.of("**", Operator.POWER);

    private final TokenCursor cursor;
    private final PrimaryParser primary;
    private Set<String> read = new HashSet<>();

    ExpressionParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.primary = new PrimaryParser(cursor, this);
    }

    /** The names that were read since the last call of {@link #forget}. */
    Set<String> read() {
        return read;
    }

    /** Starts anew to note the names that are read, and gives those noted so far. */
    Set<String> forget() {
        Set<String> before = read;
        read = new HashSet<>();
        return before;
    }

    void reads(String name) {
        read.add(name);
    }

    /** A filter that stands at a block. */
    Expression.Filter filter() {
        return primary.filter(null);
    }

    /** An expression, or several with commas between as a tuple. */
    Expression tuple(boolean conditional) {
        Expression first = expression(conditional);
        if (!cursor.isOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (cursor.skipOperator(",") && !endsTuple()) {
            items.add(expression(conditional));
        }
        return new Expression.TupleOf(List.copyOf(items));
    }

    private boolean endsTuple() {
        return cursor.is(Token.Kind.PRINT_END)
                || cursor.is(Token.Kind.TAG_END)
                || cursor.isOperator(")")
                || cursor.isName("recursive");
    }

    Expression expression() {
        return expression(true);
    }

    private Expression expression(boolean conditional) {
        cursor.enter();
        Expression value = or();
        while (conditional && cursor.skipName("if")) {
            Expression condition = or();
            value = new Expression.Conditional(condition, value, cursor.skipName("else") ? expression() : null);
        }
        cursor.leave();
        return value;
    }

    private Expression or() {
        Expression left = and();
        while (cursor.skipName("or")) {
            left = new Expression.Either(left, true, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (cursor.skipName("and")) {
            left = new Expression.Either(left, false, not());
        }
        return left;
    }

    private Expression not() {
        if (!cursor.skipName("not")) {
            return comparison();
        }
        cursor.enter();
        Expression value = new Expression.Not(not());
        cursor.leave();
        return value;
    }

    private Expression comparison() {
        Expression first = sum();
        List<Comparison> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        for (Comparison next = comparator(); next != null; next = comparator()) {
            operators.add(next);
            others.add(sum());
        }
        return operators.isEmpty() ? first : new Expression.Compared(first, operators, others);
    }

    private @Nullable Comparison comparator() {
        if (cursor.isName("not") && cursor.ahead().is(Token.Kind.NAME, "in")) {
            cursor.next();
            cursor.next();
            return Comparison.NOT_IN;
        }
        boolean named = cursor.isName("in");
        Comparison found = named || cursor.is(Token.Kind.OPERATOR)
                ? Comparison.of(cursor.current().text())
                : null;
        if (found != null) {
            cursor.next();
        }
        return found;
    }

    private Expression sum() {
        return chain(SUMS, this::joined);
    }

    private Expression joined() {
        Expression first = product();
        if (!cursor.isOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (cursor.skipOperator("~")) {
            parts.add(product());
        }
        return new Expression.Joined(List.copyOf(parts));
    }

    private Expression product() {
        return chain(PRODUCTS, () -> chain(POWERS, () -> signed(true)));
    }

    private Expression chain(Map<String, Operator> operators, Supplier<Expression> operand) {
        Expression left = operand.get();
        while (cursor.is(Token.Kind.OPERATOR)) {
            Operator operator = operators.get(cursor.current().text());
            if (operator == null) {
                break;
            }
            cursor.next();
            left = new Expression.Binary(left, operator, operand.get());
        }
        return left;
    }

    /** A value with signs before it; filters behind a sign filter the value with its sign. */
    private Expression signed(boolean filtered) {
        cursor.enter();
        Expression value;
        if (cursor.isOperator("-") || cursor.isOperator("+")) {
            boolean negative = cursor.next().text().equals("-");
            value = new Expression.Signed(negative, signed(false));
        } else {
            value = primary.primary();
        }
        value = primary.postfix(value);
        cursor.leave();
        return filtered ? primary.filtered(value) : value;
    }
}
