package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a template that has a value. */
sealed interface Expression {
    /** The value; parts are evaluated by {@link Frame#value}, which counts them. */
    Object evaluate(Frame frame);

    record Literal(Object value) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return value;
        }
    }

    record Name(String name) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return frame.get(name);
        }
    }

    record ListOf(List<Expression> items) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return frame.values(items);
        }
    }

    record TupleOf(List<Expression> items) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return new TupleValue(frame.values(items));
        }
    }

    /** A map; keys and values by place. */
    record MapOf(List<Expression> keys, List<Expression> values) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Access.put(map, frame.value(keys.get(i)), frame.value(values.get(i)));
            }
            return map;
        }
    }

    record Attribute(Expression owner, String name) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return Access.attribute(frame.value(owner), name);
        }
    }

    record Item(Expression owner, Expression key) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return Access.item(frame.value(owner), frame.value(key), frame.budget());
        }
    }

    record Slice(Expression owner, Expression start, Expression stop, Expression step) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object value = frame.value(owner);
            return new Slicing(frame.value(start), frame.value(stop), frame.value(step)).of(value, frame.budget());
        }
    }

    record Call(Expression function, CallArguments arguments) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return call(frame, arguments.evaluate(frame));
        }

        /** The call with {@code caller} as one more argument. */
        Object with(Object caller, Frame frame) {
            Arguments given = arguments.evaluate(frame);
            Map<String, Object> named = new LinkedHashMap<>(given.named());
            named.put(Macro.CALLER, caller);
            return call(frame, new Arguments(given.positional(), named, frame.budget()));
        }

        private Object call(Frame frame, Arguments given) {
            Object called = frame.value(function);
            if (called instanceof TemplateFunction known) {
                Object result = known.call(given);
                return result == null ? None.NONE : result;
            }
            if (called instanceof Undefined undefined) {
                throw new TemplateException(
                        "a function was expected. Received: " + undefined.what() + ", which is not defined");
            }
            throw new TemplateException("a function was expected. Received: " + Kinds.name(called));
        }
    }

    /** A filter; without a value when it stands at a block. */
    record Filter(@Nullable Expression value, String name, CallArguments arguments) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return apply(value == null ? "" : frame.value(value), frame);
        }

        Object apply(Object filtered, Frame frame) {
            return Filters.apply(name, filtered, arguments.evaluate(frame));
        }
    }

    record Test(Expression value, String name, CallArguments arguments) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object tested = frame.value(value);
            return ValueTests.holds(name, tested, arguments.evaluate(frame));
        }
    }

    record Not(Expression value) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return !Kinds.isTrue(frame.value(value));
        }
    }

    /** A number with a sign before it. */
    record Signed(boolean negative, Expression value) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return Numbers.signed(negative, frame.value(value));
        }
    }

    record Binary(Expression left, Operator operator, Expression right) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return operator.apply(frame.value(left), frame.value(right), frame.budget());
        }
    }

    /** Texts joined by {@code ~}. */
    record Joined(List<Expression> parts) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return Display.joined(frame.values(parts), "", frame.budget());
        }
    }

    /** {@code a < b <= c}: each value is compared with the next, and all must hold. */
    record Compared(Expression first, List<Comparison> operators, List<Expression> others) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object left = frame.value(first);
            for (int i = 0; i < others.size(); i++) {
                Object right = frame.value(others.get(i));
                if (!operators.get(i).holds(left, right, frame.budget())) {
                    return false;
                }
                left = right;
            }
            return true;
        }
    }

    /** The first value if it decides alone, else the second: {@code or} when {@code decides} is true. */
    record Either(Expression left, boolean decides, Expression right) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object value = frame.value(left);
            return Kinds.isTrue(value) == decides ? value : frame.value(right);
        }
    }

    /** {@code value if condition else other}; without an other value it may be undefined. */
    record Conditional(
            Expression condition,
            Expression value,
            @Nullable Expression other) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            if (Kinds.isTrue(frame.value(condition))) {
                return frame.value(value);
            }
            return other == null ? new Undefined("an inline if without else") : frame.value(other);
        }
    }

    /** The arguments of a call as they are written; {@code more} for {@code *list}, {@code moreNamed} for {@code **map}. */
    record CallArguments(
            List<Expression> positional,
            Map<String, Expression> named,
            @Nullable Expression more,
            @Nullable Expression moreNamed) {
        static final CallArguments NONE = new CallArguments(List.of(), Map.of(), null, null);

        Arguments evaluate(Frame frame) {
            List<Object> values = new ArrayList<>(frame.values(positional));
            Map<String, Object> byName = new LinkedHashMap<>();
            named.forEach((name, value) -> byName.put(name, frame.value(value)));
            if (more != null) {
                values.addAll(Iteration.items(frame.value(more), frame.budget()));
            }
            if (moreNamed != null) {
                Access.map(frame.value(moreNamed)).forEach((name, value) -> byName.put(String.valueOf(name), value));
            }
            return new Arguments(values, byName, frame.budget());
        }
    }
}
