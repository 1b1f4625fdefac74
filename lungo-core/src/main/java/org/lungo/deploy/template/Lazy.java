package org.lungo.deploy.template;

import java.util.List;

/**
 * What filters such as {@code map} and {@code select} give: items that can be taken once. Like Python's generators it
 * counts as true even when empty, and has no length.
 */
final class Lazy {
    private final List<Object> items;
    private boolean taken;

    Lazy(List<Object> items) {
        this.items = items;
    }

    List<Object> take() {
        List<Object> now = taken ? List.of() : items;
        taken = true;
        return now;
    }

    /** The first item, if any; the others can still be taken in Python, yet no template relies on it. */
    Object first() {
        List<Object> now = take();
        return now.isEmpty() ? new Undefined("the first item of an empty sequence") : now.get(0);
    }
}
