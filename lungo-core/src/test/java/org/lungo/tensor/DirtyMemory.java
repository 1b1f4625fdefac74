package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Finds operations that read memory which nobody wrote. Tests start with pages of zeros, so that such a read does no harm;
 * here memory holds NaN instead. As an extension it runs each test of a class a second time on such a heap.
 */
public final class DirtyMemory implements InvocationInterceptor {
    private static final int TIMES = 5;
    private static final int LARGEST = 18;

    /** The next allocations of this thread, of 16 to 262,144 floats, get memory that holds NaN. */
    public static void fill() {
        Engine.load();
        DirtyHeap.fill(LARGEST);
    }

    /**
     * Computes again and again on memory that holds NaN and expects the same numbers, all finite.
     *
     * @param computation returns arrays of numbers; it may call {@link #fill} in between
     */
    public static void givesTheSameBits(Supplier<List<float[]>> computation) {
        List<float[]> first = computation.get();
        for (float[] values : first) {
            for (float value : values) {
                assertThat(value).isFinite();
            }
        }
        for (int time = 0; time < TIMES; time++) {
            fill();
            List<float[]> again = computation.get();
            assertThat(again).hasSameSizeAs(first);
            for (int i = 0; i < first.size(); i++) {
                assertThat(again.get(i)).as("result %d of run %d", i, time).isEqualTo(first.get(i));
            }
        }
    }

    /** As {@link #givesTheSameBits}, of answers that are compared by {@link Object#equals}. */
    public static void givesTheSame(Supplier<?> answers) {
        Object first = answers.get();
        for (int time = 0; time < TIMES; time++) {
            fill();
            assertThat(answers.get()).as("run %d", time).isEqualTo(first);
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        twice(invocation, method);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        twice(invocation, method);
    }

    private static void twice(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method)
            throws Throwable {
        invocation.proceed();
        fill();
        Method again = method.getExecutable();
        again.setAccessible(true);
        try {
            again.invoke(method.getTarget().orElseThrow(), arguments(method.getArguments()));
        } catch (InvocationTargetException e) {
            throw new AssertionError("on memory full of NaN: " + e.getCause(), e.getCause());
        }
    }

    /** The same, but for temporary folders, in which the first run has left its files. */
    private static Object[] arguments(List<Object> first) throws IOException {
        Object[] arguments = first.toArray();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Path folder) {
                arguments[i] = Files.createDirectory(folder.resolve("again"));
            }
        }
        return arguments;
    }
}
