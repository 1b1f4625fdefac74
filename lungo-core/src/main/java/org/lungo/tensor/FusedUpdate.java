package org.lungo.tensor;

import java.util.List;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/**
 * One native call that updates all parameters of a model in place, outside the gradient record. The presets have no
 * method for these operators, so they are called through the dispatcher. All lists of one call have the same length and
 * the tensors at one index the same shape, type and device.
 */
public final class FusedUpdate {
    private static final class Native {
        static final OperatorHandle SGD = find("aten::_fused_sgd_");
        static final OperatorHandle ADAM = find("aten::_fused_adam_");
        static final OperatorHandle ADAMW = find("aten::_fused_adamw_");
        static final Type.TypePtr TENSOR = Op.forever(new Type.TypePtr(Op.forever(TensorType.get())));

        private static OperatorHandle find(String name) {
            return Op.forever(Dispatcher.singleton().findSchemaOrThrow(name, ""));
        }
    }

    private FusedUpdate() {}

    /** The constants of stochastic gradient descent. */
    public record SgdRule(double momentum, double dampening, double weightDecay, boolean nesterov) {}

    /**
     * The constants of Adam.
     *
     * @param decoupled true to shrink the weights themselves (AdamW), false to add the decay to the gradient
     */
    public record AdamRule(
            double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad, boolean decoupled) {}

    /**
     * The memory of Adam, one tensor per parameter.
     *
     * @param maxima the largest squares so far; empty without amsgrad
     * @param steps FLOAT32 scalars: the number of this update, counted from 1
     */
    public record AdamState(List<Tensor> means, List<Tensor> squares, List<Tensor> maxima, List<Tensor> steps) {}

    /**
     * Stochastic gradient descent.
     *
     * @param momentums empty when the momentum is 0
     * @param first true when the momentums hold nothing yet
     */
    public static void sgd(
            SgdRule rule,
            double learningRate,
            boolean first,
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> momentums) {
        try (Scope scope = Scope.open()) {
            call("sgd", Native.SGD, parameters, new IValue[] {
                list(parameters),
                list(gradients),
                list(momentums),
                new IValue(rule.weightDecay()),
                new IValue(rule.momentum()),
                new IValue(learningRate),
                new IValue(rule.dampening()),
                new IValue(rule.nesterov()),
                new IValue(false),
                new IValue(first),
                new IValue(),
                new IValue()
            });
        }
    }

    /** Adam and AdamW. */
    public static void adam(
            AdamRule rule, double learningRate, List<Tensor> parameters, List<Tensor> gradients, AdamState state) {
        try (Scope scope = Scope.open()) {
            call("adam", rule.decoupled() ? Native.ADAMW : Native.ADAM, parameters, new IValue[] {
                list(parameters),
                list(gradients),
                list(state.means()),
                list(state.squares()),
                list(state.maxima()),
                list(state.steps()),
                new IValue(learningRate),
                new IValue(rule.beta1()),
                new IValue(rule.beta2()),
                new IValue(rule.weightDecay()),
                new IValue(rule.epsilon()),
                new IValue(rule.amsgrad()),
                new IValue(false),
                new IValue(),
                new IValue()
            });
        }
    }

    private static void call(String name, OperatorHandle operator, List<Tensor> parameters, IValue... arguments) {
        try (IValueVector stack = new IValueVector(arguments)) {
            NoGradient.run(() -> operator.callBoxed(stack));
        } catch (RuntimeException e) {
            throw NativeFailure.of(name, e, parameters.toArray(Tensor[]::new));
        }
    }

    private static IValue list(List<Tensor> tensors) {
        GenericList list = new GenericList(Native.TENSOR);
        list.reserve(tensors.size());
        for (Tensor tensor : tensors) {
            list.push_back(new IValue(tensor.handle()));
        }
        return new IValue(list);
    }
}
