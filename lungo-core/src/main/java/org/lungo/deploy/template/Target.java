package org.lungo.deploy.template;

import java.util.List;

/** What {@code set} and {@code for} assign to. */
sealed interface Target {
    void assign(Object value, Frame frame);

    record Variable(String name) implements Target {
        @Override
        public void assign(Object value, Frame frame) {
            frame.set(name, value);
        }
    }

    record Unpacked(List<Target> targets) implements Target {
        @Override
        public void assign(Object value, Frame frame) {
            List<Object> items = Iteration.items(value, frame.budget());
            if (items.size() != targets.size()) {
                throw new TemplateException(
                        targets.size() + " values to unpack were expected. Received: " + items.size() + " values");
            }
            for (int i = 0; i < items.size(); i++) {
                targets.get(i).assign(items.get(i), frame);
            }
        }
    }

    record OfNamespace(String owner, String name) implements Target {
        @Override
        public void assign(Object value, Frame frame) {
            Object target = frame.get(owner);
            if (!(target instanceof Namespace namespace)) {
                throw new TemplateException(
                        owner + " must be a namespace to set an attribute. Received: " + Kinds.name(target));
            }
            namespace.values().put(name, value);
        }
    }
}
