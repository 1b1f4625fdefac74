package org.lungo.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns an error of the native library into one of ours: the operation, the shapes, one line of reason. */
final class NativeFailure {
    private NativeFailure() {}

    static RuntimeException of(String operation, RuntimeException cause, Tensor... operands) {
        if (cause instanceof IllegalArgumentException || cause instanceof IllegalStateException) {
            return cause;
        }
        String reason = firstLine(cause.getMessage());
        String received = Stream.of(operands)
                .map(t -> t.isFreed() ? "a freed tensor" : t.dtype() + Arrays.toString(t.shape()))
                .collect(Collectors.joining(", "));
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("can't allocate memory") || lower.contains("out of memory")) {
            OutOfMemoryError error = new OutOfMemoryError(
                    operation + ": not enough memory. Received: " + received + "; use a smaller batch or model");
            throw error;
        }
        if (Stream.of("size", "shape", "dim", "elements").anyMatch(lower::contains)) {
            return new ShapeException(operation, disagreement(reason, operands), received);
        }
        return new IllegalArgumentException(operation + ": " + reason + ". Received: " + received);
    }

    private static String disagreement(String reason, Tensor... operands) {
        if (operands.length == 2 && operands[0].rank() == operands[1].rank()) {
            long[] first = operands[0].shape();
            long[] second = operands[1].shape();
            for (int axis = first.length - 1; axis >= 0; axis--) {
                if (first[axis] != second[axis]) {
                    return "shapes must fit (" + reason + "); they differ at axis " + axis;
                }
            }
        }
        return "shapes must fit (" + reason + ")";
    }

    static String firstLine(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "the native library gave no reason";
        }
        String line = message.lines().findFirst().orElse(message).strip();
        int frames = line.indexOf("Exception raised from");
        line = frames > 0 ? line.substring(0, frames).strip() : line;
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
