package org.lungo.deploy.template;

import java.util.List;
import java.util.Map;

/** The tests of Jinja2, which stand behind {@code is}. */
final class ValueTests {
    private static final Functions<Object> ALL = all();

    private ValueTests() {}

    static boolean holds(String name, Object value, Arguments arguments) {
        return Kinds.isTrue(ALL.call(name, value, arguments));
    }

    private static Functions<Object> all() {
        Functions<Object> tests = new Functions<>("test");
        addKinds(tests);
        addStates(tests);
        addNumbers(tests);
        addComparison(tests, Comparison.EQUAL, "==", "eq", "equalto");
        addComparison(tests, Comparison.NOT_EQUAL, "!=", "ne");
        addComparison(tests, Comparison.LESS, "<", "lt", "lessthan");
        addComparison(tests, Comparison.AT_MOST, "<=", "le");
        addComparison(tests, Comparison.GREATER, ">", "gt", "greaterthan");
        addComparison(tests, Comparison.AT_LEAST, ">=", "ge");
        addComparison(tests, Comparison.IN, "in");
        return tests;
    }

    private static void addComparison(Functions<Object> tests, Comparison comparison, String... names) {
        for (String name : names) {
            tests.with(name, "other", (value, a) -> comparison.holds(value, a.value("other"), a.budget()));
        }
    }

    private static void addKinds(Functions<Object> tests) {
        tests.with("string", "", (value, a) -> Markup.plain(value) instanceof String)
                .with("mapping", "", (value, a) -> value instanceof Map)
                .with("iterable", "", (value, a) -> Iteration.isIterable(value))
                .with("sequence", "", (value, a) -> isSequence(value))
                .with("number", "", (value, a) -> Numbers.isNumber(value))
                .with("integer", "", (value, a) -> value instanceof Long)
                .with("float", "", (value, a) -> value instanceof Double)
                .with("boolean", "", (value, a) -> value instanceof Boolean)
                .with("callable", "", (value, a) -> value instanceof TemplateFunction || value instanceof Undefined)
                .with("escaped", "", (value, a) -> value instanceof Markup)
                .with("filter", "", (value, a) -> value instanceof String name && Filters.has(name))
                .with("test", "", (value, a) -> value instanceof String name && ALL.has(name));
    }

    private static boolean isSequence(Object value) {
        return value instanceof List
                || value instanceof TupleValue
                || value instanceof Map
                || value instanceof Undefined
                || Markup.plain(value) instanceof String;
    }

    private static void addStates(Functions<Object> tests) {
        tests.with("defined", "", (value, a) -> !(value instanceof Undefined))
                .with("undefined", "", (value, a) -> value instanceof Undefined)
                .with("none", "", (value, a) -> value == None.NONE)
                .with("true", "", (value, a) -> value instanceof Boolean flag && flag)
                .with("false", "", (value, a) -> value instanceof Boolean flag && !flag)
                .with("sameas", "other", (value, a) -> isSame(value, a.value("other")))
                .with("lower", "", (value, a) -> Characters.allCased(text(value, a), Character::isLowerCase))
                .with("upper", "", (value, a) -> Characters.allCased(text(value, a), Character::isUpperCase));
    }

    /** Values without parts are the same when they are equal and of one kind; lists and maps when they are one. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object value, Object other) {
        boolean plain = Numbers.isNumber(value) || value instanceof String;
        return plain ? value.equals(other) : value == other;
    }

    private static String text(Object value, Arguments arguments) {
        return Display.text(value, arguments.budget());
    }

    private static void addNumbers(Functions<Object> tests) {
        tests.with("odd", "", (value, a) -> modulo(value, 2L, a).equals(1L))
                .with("even", "", (value, a) -> modulo(value, 2L, a).equals(0L))
                .with("divisibleby", "num", (value, a) -> !Kinds.isTrue(modulo(value, a.value("num"), a)));
    }

    private static Object modulo(Object value, Object by, Arguments arguments) {
        Object number = Markup.plain(value) instanceof String ? None.NONE : value;
        Object rest = Operator.MODULO.apply(number, by, arguments.budget());
        double real = Numbers.asDouble(rest);
        return real == Math.rint(real) ? (Object) (long) real : rest;
    }
}
