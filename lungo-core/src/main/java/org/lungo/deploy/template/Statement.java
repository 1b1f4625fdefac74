package org.lungo.deploy.template;

import java.util.List;
import java.util.Map;

/** A part of a template that writes or sets something. */
sealed interface Statement
        permits Statement.Text,
                Statement.Print,
                Statement.If,
                Statement.Set,
                Statement.SetBlock,
                Statement.With,
                Statement.FilterBlock,
                Statement.Define,
                Statement.CallBlock,
                Statement.Jump,
                Statement.Inner,
                Loop {
    /** How a loop continues after a statement. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    Flow run(Frame frame);

    /** Statements one after the other. */
    record Block(List<Statement> statements, List<Integer> lines) {
        static final Block EMPTY = new Block(List.of(), List.of());

        Flow run(Frame frame) {
            frame.budget().enter();
            Flow flow = Flow.NEXT;
            for (int i = 0; i < statements.size() && flow == Flow.NEXT; i++) {
                try {
                    flow = statements.get(i).run(frame);
                } catch (TemplateException e) {
                    throw e.at(lines.get(i));
                }
            }
            frame.budget().leave();
            return flow;
        }
    }

    record Text(String text) implements Statement {
        @Override
        public Flow run(Frame frame) {
            frame.write(text);
            return Flow.NEXT;
        }
    }

    record Print(Expression value) implements Statement {
        @Override
        public Flow run(Frame frame) {
            frame.write(Display.text(frame.value(value), frame.budget()));
            return Flow.NEXT;
        }
    }

    record If(Expression condition, Block then, Block otherwise) implements Statement {
        @Override
        public Flow run(Frame frame) {
            return (Kinds.isTrue(frame.value(condition)) ? then : otherwise).run(frame);
        }
    }

    record Set(Target target, Expression value) implements Statement {
        @Override
        public Flow run(Frame frame) {
            target.assign(frame.value(value), frame);
            return Flow.NEXT;
        }
    }

    /** What {@code body} writes, through {@code filters}, becomes the value. */
    record SetBlock(Target target, List<Expression.Filter> filters, Block body) implements Statement {
        @Override
        public Flow run(Frame frame) {
            target.assign(frame.filtered(body, filters), frame);
            return Flow.NEXT;
        }
    }

    record FilterBlock(List<Expression.Filter> filters, Block body) implements Statement {
        @Override
        public Flow run(Frame frame) {
            frame.write(Display.text(frame.filtered(body, filters), frame.budget()));
            return Flow.NEXT;
        }
    }

    record With(Map<Target, Expression> values, Block body) implements Statement {
        @Override
        public Flow run(Frame frame) {
            Frame inner = frame.inner();
            values.forEach((target, value) -> target.assign(frame.value(value), inner));
            return body.run(inner);
        }
    }

    /** A block whose variables end with it, such as {@code generation}. */
    record Inner(Block body) implements Statement {
        @Override
        public Flow run(Frame frame) {
            return body.run(frame.inner());
        }
    }

    record Define(Macro.Signature macro) implements Statement {
        @Override
        public Flow run(Frame frame) {
            frame.set(macro.name(), new Macro(macro, frame));
            return Flow.NEXT;
        }
    }

    /** Calls a macro that may call the body by {@code caller()}. */
    record CallBlock(Expression.Call call, Macro.Signature body) implements Statement {
        @Override
        public Flow run(Frame frame) {
            Object written = call.with(new Macro(body, frame), frame);
            frame.write(Display.text(written, frame.budget()));
            return Flow.NEXT;
        }
    }

    record Jump(Flow flow) implements Statement {
        @Override
        public Flow run(Frame frame) {
            return flow;
        }
    }
}
