package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.List;

/** What computes with two values. */
enum Operator {
    ADD("+") {
        @Override
        Object apply(Object left, Object right, Budget budget) {
            boolean numbers = Numbers.isNumber(left) && Numbers.isNumber(right);
            return numbers ? numbers(left, right, Math::addExact, Double::sum) : Joining.add(left, right, budget);
        }
    },
    SUBTRACT("-") {
        @Override
        Object apply(Object left, Object right, Budget budget) {
            return numbers(left, right, Math::subtractExact, (a, b) -> a - b);
        }
    },
    MULTIPLY("*") {
        @Override
        Object apply(Object left, Object right, Budget budget) {
            if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
                return numbers(left, right, Math::multiplyExact, (a, b) -> a * b);
            }
            return Numbers.isWhole(left) ? Joining.repeat(right, left, budget) : Joining.repeat(left, right, budget);
        }
    },
    DIVIDE("/") {
        @Override
        Object apply(Object left, Object right, Budget budget) {
            requireNumbers(left, right);
            return Numbers.asDouble(left) / divisor(right);
        }
    },
    FLOOR_DIVIDE("//") {
        @Override
        Object apply(Object left, Object right, Budget budget) {
            requireNumbers(left, right);
            divisor(right);
            return numbers(left, right, Operator::floorDivide, Operator::floorDivide);
        }
    },
    MODULO("%") {
        @Override
        Object apply(Object left, Object right, Budget budget) {
            if (Markup.plain(left) instanceof String format) {
                return PercentFormat.of(format, right, budget);
            }
            requireNumbers(left, right);
            divisor(right);
            return numbers(left, right, Math::floorMod, Operator::modulo);
        }
    },
    POWER("**") {
        @Override
        Object apply(Object left, Object right, Budget budget) {
            requireNumbers(left, right);
            boolean whole = Numbers.isWhole(left) && Numbers.isWhole(right) && Numbers.asDouble(right) >= 0;
            if (!whole && Numbers.asDouble(right) < 0) {
                divisor(left);
            }
            return whole ? numbers(left, right, Operator::power, Math::pow) : real(left, right);
        }

        private Object real(Object left, Object right) {
            double result = Math.pow(Numbers.asDouble(left), Numbers.asDouble(right));
            if (Double.isNaN(result) || Double.isInfinite(result)) {
                throw new TemplateException("a power must be a finite number. Received: " + result);
            }
            return result;
        }
    };

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    interface Whole {
        long apply(long left, long right);
    }

    interface Real {
        double apply(double left, double right);
    }

    abstract Object apply(Object left, Object right, Budget budget);

    Object numbers(Object left, Object right, Whole whole, Real real) {
        requireNumbers(left, right);
        if (Numbers.isWhole(left) && Numbers.isWhole(right)) {
            return Numbers.exact(() -> whole.apply(Numbers.whole(left, ""), Numbers.whole(right, "")));
        }
        return real.apply(Numbers.asDouble(left), Numbers.asDouble(right));
    }

    void requireNumbers(Object left, Object right) {
        if (!Numbers.isNumber(left) || !Numbers.isNumber(right)) {
            throw new TemplateException(
                    symbol + " takes two numbers. Received: " + Kinds.name(left) + " and " + Kinds.name(right));
        }
    }

    private static double divisor(Object number) {
        double divisor = Numbers.asDouble(number);
        if (divisor == 0) {
            throw new TemplateException("a divisor must not be 0. Received: 0");
        }
        return divisor;
    }

    private static long floorDivide(long left, long right) {
        if (left == Long.MIN_VALUE && right == -1) {
            throw new ArithmeticException("overflow");
        }
        return Math.floorDiv(left, right);
    }

    /** Python's: the remainder has the divisor's sign. */
    private static double modulo(double left, double right) {
        double remainder = left % right;
        return remainder == 0 ? Math.copySign(0, right) : remainder < 0 == right < 0 ? remainder : remainder + right;
    }

    private static double floorDivide(double left, double right) {
        double quotient = (left - modulo(left, right)) / right;
        return quotient == 0 ? Math.copySign(0, left / right) : Math.rint(quotient);
    }

    private static long power(long base, long exponent) {
        if (base == 0 || base == 1) {
            return exponent == 0 ? 1 : base;
        }
        if (base == -1) {
            return exponent % 2 == 0 ? 1 : -1;
        }
        long result = 1;
        for (long i = 0; i < exponent; i++) {
            result = Math.multiplyExact(result, base);
        }
        return result;
    }

    /** Texts and lists that are added and repeated. */
    private static final class Joining {
        static Object add(Object left, Object right, Budget budget) {
            if (Markup.plain(left) instanceof String && Markup.plain(right) instanceof String) {
                boolean html = left instanceof Markup || right instanceof Markup;
                return html ? Markup.add(left, right, budget) : Display.joined(List.of(left, right), "", budget);
            }
            if (left instanceof List<?> one && right instanceof List<?> other) {
                return lists(one, other, budget);
            }
            if (left instanceof TupleValue one && right instanceof TupleValue other) {
                return new TupleValue(lists(one.items(), other.items(), budget));
            }
            throw new TemplateException("+ takes two numbers, two texts or two lists. Received: " + Kinds.name(left)
                    + " and " + Kinds.name(right));
        }

        private static List<Object> lists(List<?> one, List<?> other, Budget budget) {
            budget.steps((long) one.size() + other.size());
            List<Object> both = new ArrayList<>(one);
            both.addAll(other);
            return both;
        }

        static Object repeat(Object value, Object times, Budget budget) {
            if (!Numbers.isWhole(times)) {
                throw new TemplateException("* takes two numbers, or a text or a list and a whole number. Received: "
                        + Kinds.name(value) + " and " + Kinds.name(times));
            }
            long count = Math.min(Integer.MAX_VALUE, Math.max(0, Numbers.whole(times, "")));
            if (Markup.plain(value) instanceof String text) {
                budget.characters(text.length() * count);
                return text.isEmpty() ? "" : text.repeat((int) count);
            }
            if (value instanceof TupleValue tuple) {
                return new TupleValue(repeated(tuple.items(), count, budget));
            }
            if (value instanceof List<?> list) {
                return repeated(list, count, budget);
            }
            throw new TemplateException("* takes two numbers, or a text or a list and a whole number. Received: "
                    + Kinds.name(value) + " and " + Kinds.name(times));
        }

        private static List<Object> repeated(List<?> items, long count, Budget budget) {
            budget.steps(items.size() * count);
            List<Object> all = new ArrayList<>();
            for (long i = 0; i < count && !items.isEmpty(); i++) {
                all.addAll(items);
            }
            return all;
        }
    }
}
