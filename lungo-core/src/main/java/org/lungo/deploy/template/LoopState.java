package org.lungo.deploy.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}: where a loop stands. */
final class LoopState implements TemplateFunction {
    private final List<Object> items;
    private final int depth;
    private final @Nullable TemplateFunction deeper;
    private int index = -1;
    private @Nullable Object compared;

    LoopState(List<Object> items, int depth, @Nullable TemplateFunction deeper) {
        this.items = items;
        this.depth = depth;
        this.deeper = deeper;
    }

    /** Moves to the next item, if there is one. */
    boolean next() {
        return ++index < items.size();
    }

    Object item() {
        return items.get(index);
    }

    Object attribute(String name) {
        long left = items.size() - (long) index;
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> left;
            case "revindex0" -> left - 1;
            case "first" -> index == 0;
            case "last" -> left == 1;
            case "length" -> (long) items.size();
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> at(index - 1, name);
            case "nextitem" -> at(index + 1, name);
            case "cycle" -> (TemplateFunction) this::cycle;
            case "changed" -> (TemplateFunction) this::changed;
            default -> new Undefined("attribute " + name + " of loop");
        };
    }

    private Object at(int place, String name) {
        return place >= 0 && place < items.size() ? items.get(place) : new Undefined("loop." + name);
    }

    private Object cycle(Arguments arguments) {
        List<Object> values = arguments.positional();
        if (values.isEmpty()) {
            throw new TemplateException("loop.cycle takes one or more values. Received: none");
        }
        return values.get(index % values.size());
    }

    private Object changed(Arguments arguments) {
        Object value = new TupleValue(arguments.positional());
        boolean same = compared != null && Equality.equal(compared, value, arguments.budget());
        compared = value;
        return !same;
    }

    @Override
    public @Nullable Object call(Arguments arguments) {
        if (deeper == null) {
            throw new TemplateException("loop() needs {% for ... recursive %}. Received: a loop without recursive");
        }
        return deeper.call(arguments);
    }
}
