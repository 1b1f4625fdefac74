package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that a part of a template sees, and where it writes. Variables set in an inner frame end with it. */
final class Frame {
    private final @Nullable Frame outer;
    private final Map<String, Object> variables = new HashMap<>();
    private final StringBuilder written;
    private final Budget budget;

    private Frame(@Nullable Frame outer, StringBuilder written, Budget budget) {
        this.outer = outer;
        this.written = written;
        this.budget = budget;
    }

    static Frame outermost(Map<String, Object> values) {
        Frame frame = new Frame(null, new StringBuilder(), new Budget());
        frame.variables.putAll(values);
        return frame;
    }

    /** A frame that writes to the same place. */
    Frame inner() {
        return new Frame(this, written, budget);
    }

    /** A frame that writes to a place of its own. */
    Frame capturing() {
        return new Frame(this, new StringBuilder(), budget);
    }

    Object get(String name) {
        for (Frame frame = this; frame != null; frame = frame.outer) {
            Object value = frame.variables.get(name);
            if (value != null) {
                return value;
            }
        }
        return new Undefined(name);
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }

    Object value(Expression expression) {
        budget.enter();
        Object value = expression.evaluate(this);
        budget.leave();
        return value;
    }

    List<Object> values(List<Expression> expressions) {
        List<Object> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(value(expression));
        }
        return values;
    }

    void write(String text) {
        budget.characters((long) written.length() + text.length(), text.length());
        written.append(text);
    }

    String written() {
        return written.toString();
    }

    /** What {@code body} writes, through {@code filters}. */
    Object filtered(Statement.Block body, List<Expression.Filter> filters) {
        Frame inner = capturing();
        body.run(inner);
        Object value = inner.written();
        for (Expression.Filter filter : filters) {
            value = filter.apply(value, this);
        }
        return value;
    }

    Budget budget() {
        return budget;
    }
}
