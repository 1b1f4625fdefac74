package org.lungo.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Device;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * What happens when a loss is not finite: the step is computed again from the same weights. An engine that computes right
 * gives the same answer again; only then the learning rate or the data are to blame.
 */
final class SecondLook {
    /** A read of memory that nobody wrote depends on what it holds, so that it may go well a few times. */
    private static final int TIMES = 5;

    private static final String LOSS = "the loss";

    private final Parameters parameters;
    private final Map<String, Tensor> finite;

    /** @param finite weights that are finite: those of the best epoch, or of the start */
    SecondLook(Parameters parameters, Map<String, Tensor> finite) {
        this.parameters = parameters;
        this.finite = finite;
    }

    /**
     * Returns {@code loss} if it is finite.
     *
     * @param step the number of its step, from 1
     * @param mode that of the step, with its dropout seed
     * @param examples gives the batch again
     * @param index of the batch
     * @throws TwoAnswersException when the engine now gives another answer
     * @throws DivergedException when it gives the same one
     */
    double finite(double loss, long step, Mode mode, Lesson.Epoch examples, int index) {
        if (Double.isFinite(loss)) {
            return loss;
        }
        throw reason(step, mode, loss, () -> examples.batch(index).loss());
    }

    /**
     * Where the weights are not finite either, it was the gradients of an earlier step: then the batch is computed from the
     * last weights that are known to be finite.
     */
    private RuntimeException reason(long step, Mode mode, double loss, Supplier<Tensor> batch) {
        String broken = firstNotFinite();
        if (broken != null) {
            parameters.load(finite);
        }
        Map<String, Double> first = results(mode, batch);
        if (broken == null) {
            first.put(LOSS, loss);
        }
        for (int time = 0; time < TIMES; time++) {
            Map<String, Double> again = results(mode, batch);
            for (Map.Entry<String, Double> entry : first.entrySet()) {
                Double same = again.get(entry.getKey());
                double second = same == null ? Double.NaN : same;
                if (Double.compare(entry.getValue(), second) != 0) {
                    return new TwoAnswersException(step, entry.getKey(), entry.getValue(), second);
                }
            }
        }
        return new DivergedException(step, loss, broken == null ? "the loss itself" : "parameter '" + broken + "'");
    }

    /**
     * The loss and, on a CPU, what the gradients of each weight come to; a GPU adds them up in an order that differs from time
     * to time.
     */
    private Map<String, Double> results(Mode mode, Supplier<Tensor> batch) {
        Map<String, Tensor> weights = parameters.tensors();
        weights.values().forEach(Tensor::clearGradient);
        Map<String, Double> results = new LinkedHashMap<>();
        // A scope inside one of the same mode continues its dropout; this one must begin anew.
        try (Scope apart = Scope.inference();
                Scope scope = Scope.open(mode)) {
            Tensor loss = batch.get();
            results.put(LOSS, loss.item());
            loss.backward();
            weights.forEach((name, weight) -> {
                Tensor gradient = weight.gradient();
                if (gradient != null && weight.device().type() == Device.Type.CPU) {
                    String sum = "the sum of the gradients (without signs) of parameter '" + name + "'";
                    results.put(sum, gradient.abs().sum().item());
                }
            });
        }
        return results;
    }

    private @Nullable String firstNotFinite() {
        for (Map.Entry<String, Tensor> parameter : parameters.tensors().entrySet()) {
            if (parameter.getValue().isFinite().all().item() == 0) {
                return parameter.getKey();
            }
        }
        return null;
    }
}
