package org.lungo.nn;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.lungo.tensor.DType;

/** Copies layers with FLOAT64 parameters, so that gradients can be compared with finite differences. */
final class Wide {
    private Wide() {}

    static Layer copy(Layer layer) {
        return (Layer) widened(layer);
    }

    private static Object widened(Object part) {
        if (part instanceof Parameter parameter) {
            var value = parameter.value().copy().to(DType.FLOAT64);
            return parameter.trainable() ? Parameter.of(value) : Parameter.buffer(value);
        }
        if (part instanceof List<?> list) {
            return list.stream().map(Wide::widened).toList();
        }
        return part instanceof Record ? rebuilt(part) : part;
    }

    private static Object rebuilt(Object part) {
        RecordComponent[] components = part.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Object value = components[i].getAccessor().invoke(part);
                values[i] = value == null ? null : widened(value);
            }
            return part.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot copy " + part.getClass(), e);
        }
    }
}
