package org.lungo.nn;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Tensor;

/**
 * The parameters of a layer or model, by name. The names follow the records' components, for example
 * {@code blocks.0.linear.weight}; a parameter used twice is listed once, under its first name.
 */
public final class Parameters {
    private final Map<String, Parameter> byName;

    private Parameters(Map<String, Parameter> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /** Walks the components of {@code root}, which must be a record. */
    public static Parameters of(Object root) {
        Map<String, Parameter> found = new LinkedHashMap<>();
        visit("", root, found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return new Parameters(found);
    }

    /**
     * A copy of {@code root} with some of its parts replaced. Parameters that {@code change} leaves as they are are shared,
     * and a part used twice is replaced by one.
     *
     * @param root a record
     */
    public static <T> T replace(T root, PartChange change) {
        @SuppressWarnings("unchecked") // a record is rebuilt as the same class
        T replaced = (T) replaced("", root, change, new IdentityHashMap<>());
        return replaced;
    }

    /** All parameters and buffers in order. */
    public Map<String, Parameter> all() {
        return byName;
    }

    /** The trained tensors in order. */
    public List<Tensor> trainable() {
        return byName.values().stream()
                .filter(Parameter::trainable)
                .map(Parameter::value)
                .toList();
    }

    /** The number of trained values. */
    public long count() {
        return trainable().stream().mapToLong(Tensor::elements).sum();
    }

    /** The tensors themselves, trained ones and buffers, by name. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        byName.forEach((name, parameter) -> tensors.put(name, parameter.value()));
        return tensors;
    }

    /**
     * Copies {@code values} into the parameters.
     *
     * @throws IllegalArgumentException when a name is missing or unknown or a shape differs; the message lists all of them
     */
    public void load(Map<String, Tensor> values) {
        List<String> problems = new ArrayList<>();
        byName.forEach((name, parameter) -> {
            @Nullable Tensor value = values.get(name);
            if (value == null) {
                problems.add("'" + name + "' is missing");
            } else if (!Arrays.equals(value.shape(), parameter.value().shape())) {
                problems.add("'" + name + "' must have shape "
                        + Arrays.toString(parameter.value().shape()) + ", got " + Arrays.toString(value.shape()));
            }
        });
        for (String name : values.keySet()) {
            if (!byName.containsKey(name)) {
                problems.add("'" + name + "' is not a parameter of this model");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "the weights must be those of this architecture. Received: " + String.join("; ", problems));
        }
        byName.forEach((name, parameter) -> {
            Tensor value = values.get(name);
            if (value != null) {
                parameter.value().copyInPlace(value);
            }
        });
    }

    private static void visit(String name, @Nullable Object value, Map<String, Parameter> found, Set<Parameter> seen) {
        if (value instanceof Parameter parameter) {
            if (seen.add(parameter)) {
                found.put(name, parameter);
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                visit(join(name, Integer.toString(i)), list.get(i), found, seen);
            }
        } else if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                visit(join(name, component.getName()), read(component, value), found, seen);
            }
        }
    }

    private static Object replaced(String name, Object part, PartChange change, Map<Object, Object> done) {
        Object known = done.get(part);
        if (known != null) {
            return known;
        }
        Object changed = part;
        if (part instanceof Parameter || part instanceof Record) {
            changed = change.of(name, part);
        }
        if (changed.equals(part) && part instanceof Record) {
            changed = rebuilt(name, part, change, done);
        } else if (part instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                items.add(replaced(join(name, Integer.toString(i)), list.get(i), change, done));
            }
            changed = items;
        }
        done.put(part, changed);
        return changed;
    }

    private static Object rebuilt(String name, Object record, PartChange change, Map<Object, Object> done) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object value = read(components[i], record);
            values[i] = value == null ? null : replaced(join(name, components[i].getName()), value, change, done);
        }
        try {
            Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot rebuild '" + name + "', a " + record.getClass(), e);
        }
    }

    private static @Nullable Object read(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "cannot read component '" + component.getName() + "' of " + record.getClass(), e);
        }
    }

    private static String join(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + "." + name;
    }
}
