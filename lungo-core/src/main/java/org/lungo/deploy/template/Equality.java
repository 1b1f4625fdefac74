package org.lungo.deploy.template;

import java.util.List;
import java.util.Map;

/** Equality and order as Python has them. */
final class Equality {
    private Equality() {}

    @SuppressWarnings("ReferenceEquality")
    static boolean equal(Object left, Object right, Budget budget) {
        Object a = Markup.plain(left);
        Object b = Markup.plain(right);
        if (a == b) {
            return true;
        }
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Numbers.compare(a, b) == 0;
        }
        if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> other) {
            return maps(one, other, budget);
        }
        if (a instanceof List<?> one && b instanceof List<?> other) {
            return lists(one, other, budget);
        }
        if (a instanceof TupleValue one && b instanceof TupleValue other) {
            return lists(one.items(), other.items(), budget);
        }
        if (a instanceof String one && b instanceof String other) {
            budget.characters(one.length() == other.length() ? one.length() : 0);
            return one.equals(other);
        }
        return a instanceof Undefined && b instanceof Undefined;
    }

    private static boolean lists(List<?> one, List<?> other, Budget budget) {
        if (one.size() != other.size()) {
            return false;
        }
        budget.enter();
        boolean same = true;
        for (int i = 0; i < one.size() && same; i++) {
            budget.steps(1);
            same = equal(one.get(i), other.get(i), budget);
        }
        budget.leave();
        return same;
    }

    private static boolean maps(Map<?, ?> one, Map<?, ?> other, Budget budget) {
        if (one.size() != other.size()) {
            return false;
        }
        budget.enter();
        boolean same = true;
        for (Map.Entry<?, ?> entry : one.entrySet()) {
            budget.steps(1);
            Object value = Access.get(other, entry.getKey());
            same &= value != null && equal(entry.getValue(), value, budget);
        }
        budget.leave();
        return same;
    }

    /** Below 0 when {@code left} comes first, 0 when both are equal. */
    static int compare(Object left, Object right, Budget budget) {
        Object a = Markup.plain(left);
        Object b = Markup.plain(right);
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Numbers.compare(a, b);
        }
        if (a instanceof String one && b instanceof String other) {
            budget.characters(Math.min(one.length(), other.length()));
            return texts(one, other);
        }
        if (a instanceof List<?> one && b instanceof List<?> other) {
            return sequences(one, other, budget);
        }
        if (a instanceof TupleValue one && b instanceof TupleValue other) {
            return sequences(one.items(), other.items(), budget);
        }
        throw new TemplateException("two numbers, two texts or two lists have an order. Received: " + Kinds.name(a)
                + " and " + Kinds.name(b));
    }

    /** By code points, which UTF-16 does not keep. */
    private static int texts(String one, String other) {
        int place = 0;
        while (place < one.length() && place < other.length()) {
            int a = one.codePointAt(place);
            int b = other.codePointAt(place);
            if (a != b) {
                return Integer.compare(a, b);
            }
            place += Character.charCount(a);
        }
        return Integer.compare(one.length(), other.length());
    }

    private static int sequences(List<?> one, List<?> other, Budget budget) {
        budget.enter();
        int order = Integer.compare(one.size(), other.size());
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            if (!equal(one.get(i), other.get(i), budget)) {
                order = compare(one.get(i), other.get(i), budget);
                break;
            }
        }
        budget.leave();
        return order;
    }
}
