package org.lungo.deploy.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What compares two values. */
enum Comparison {
    EQUAL("==") {
        @Override
        boolean holds(Object left, Object right, Budget budget) {
            return Equality.equal(left, right, budget);
        }
    },
    NOT_EQUAL("!=") {
        @Override
        boolean holds(Object left, Object right, Budget budget) {
            return !Equality.equal(left, right, budget);
        }
    },
    LESS("<") {
        @Override
        boolean holds(Object left, Object right, Budget budget) {
            return Equality.compare(left, right, budget) < 0;
        }
    },
    AT_MOST("<=") {
        @Override
        boolean holds(Object left, Object right, Budget budget) {
            return Equality.compare(left, right, budget) <= 0;
        }
    },
    GREATER(">") {
        @Override
        boolean holds(Object left, Object right, Budget budget) {
            return Equality.compare(left, right, budget) > 0;
        }
    },
    AT_LEAST(">=") {
        @Override
        boolean holds(Object left, Object right, Budget budget) {
            return Equality.compare(left, right, budget) >= 0;
        }
    },
    IN("in") {
        @Override
        boolean holds(Object left, Object right, Budget budget) {
            return contains(right, left, budget);
        }
    },
    NOT_IN("not in") {
        @Override
        boolean holds(Object left, Object right, Budget budget) {
            return !contains(right, left, budget);
        }
    };

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    abstract boolean holds(Object left, Object right, Budget budget);

    static @Nullable Comparison of(String symbol) {
        for (Comparison comparison : values()) {
            if (comparison.symbol.equals(symbol)) {
                return comparison;
            }
        }
        return null;
    }

    private static boolean contains(Object all, Object item, Budget budget) {
        if (Markup.plain(all) instanceof String text) {
            if (Markup.plain(item) instanceof String part) {
                budget.characters(text.length());
                return Search.first(text, part, 0) >= 0;
            }
            throw new TemplateException("a text contains texts alone. Received: " + Kinds.name(item));
        }
        if (all instanceof Map<?, ?> map) {
            return Access.has(map, item);
        }
        List<Object> items = Iteration.items(all, budget);
        return items.stream().anyMatch(other -> Equality.equal(other, item, budget));
    }
}
