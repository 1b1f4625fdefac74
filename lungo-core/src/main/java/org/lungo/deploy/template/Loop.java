package org.lungo.deploy.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code for}: the body for each item that {@code condition} takes. As in Jinja2, {@code otherwise} runs when no
 * iteration went through to its end: for no items, and when {@code break} or {@code continue} cut each short.
 */
record Loop(
        Target target,
        Expression items,
        @Nullable Expression condition,
        boolean recursive,
        Statement.Block body,
        Statement.Block otherwise)
        implements Statement {
    static final String VARIABLE = "loop";

    @Override
    public Flow run(Frame frame) {
        return run(Iteration.items(frame.value(items), frame.budget()), 0, frame);
    }

    private Flow run(List<Object> all, int depth, Frame frame) {
        List<Object> taken = condition == null ? all : taken(all, condition, frame);
        boolean completed = false;
        LoopState state = new LoopState(taken, depth, recursive ? deeper(depth + 1, frame) : null);
        while (state.next()) {
            frame.budget().steps(1);
            Frame inner = frame.inner();
            inner.set(VARIABLE, state);
            target.assign(state.item(), inner);
            Flow flow = body.run(inner);
            completed |= flow == Flow.NEXT;
            if (flow == Flow.BREAK) {
                break;
            }
        }
        return completed ? Flow.NEXT : otherwise.run(frame.inner());
    }

    private List<Object> taken(List<Object> all, Expression wanted, Frame frame) {
        List<Object> taken = new ArrayList<>();
        for (Object item : all) {
            Frame inner = frame.inner();
            target.assign(item, inner);
            if (Kinds.isTrue(inner.value(wanted))) {
                taken.add(item);
            }
        }
        return taken;
    }

    /** {@code loop(items)} in a recursive loop: the same loop over {@code items}, as a text. */
    private TemplateFunction deeper(int depth, Frame frame) {
        return arguments -> {
            Arguments bound = arguments.bind(VARIABLE, List.of("items"));
            Frame inner = frame.capturing();
            run(Iteration.items(bound.value("items"), frame.budget()), depth, inner);
            return inner.written();
        };
    }
}
