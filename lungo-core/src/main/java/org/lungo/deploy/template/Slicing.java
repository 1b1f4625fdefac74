package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** {@code value[start:stop:step]} by Python's rules; a part that is not written is None. */
record Slicing(Object start, Object stop, Object step) {
    Object of(Object value, Budget budget) {
        if (Markup.plain(value) instanceof String text) {
            return text(text, budget);
        }
        List<Object> items = value instanceof MapView ? null : Iteration.stored(value);
        if (items != null) {
            List<Object> taken = new ArrayList<>();
            each(items.size(), budget, i -> taken.add(items.get(i)));
            return value instanceof TupleValue ? new TupleValue(taken) : taken;
        }
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        throw new TemplateException("a list or a text was expected before [:]. Received: " + Kinds.name(value));
    }

    private Object text(String text, Budget budget) {
        budget.lookThrough(text);
        if (step == None.NONE) {
            int length = Characters.length(text);
            int from = bound(start, length, 0, 0, length);
            int to = Math.max(from, bound(stop, length, length, 0, length));
            return budget.text(text.substring(Characters.index(text, from), Characters.index(text, to)));
        }
        int[] codes = text.codePoints().toArray();
        StringBuilder taken = new StringBuilder();
        each(codes.length, budget, i -> taken.appendCodePoint(codes[i]));
        return taken.toString();
    }

    private void each(int length, Budget budget, IntConsumer action) {
        long by = step == None.NONE ? 1 : Numbers.whole(step, "a slice's step");
        if (by == 0) {
            throw new TemplateException("a slice's step must not be 0. Received: 0");
        }
        int stride = (int) Math.max(-length - 1L, Math.min(length + 1L, by));
        int last = length - 1;
        int from = by > 0 ? bound(start, length, 0, 0, length) : bound(start, length, last, -1, last);
        int to = by > 0 ? bound(stop, length, length, 0, length) : bound(stop, length, -1, -1, last);
        budget.steps(length);
        for (int i = from; by > 0 ? i < to : i > to; i += stride) {
            action.accept(i);
        }
    }

    private static int bound(Object value, int length, int fallback, int min, int max) {
        if (value == None.NONE) {
            return fallback;
        }
        long place = Numbers.whole(value, "a slice's bound");
        long index = place < 0 ? place + length : place;
        return (int) Math.max(min, Math.min(max, index));
    }
}
