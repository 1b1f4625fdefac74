package org.lungo.tensor;

import java.util.List;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;
import org.jspecify.annotations.Nullable;

/**
 * One native call that updates all parameters of a model in place, outside the gradient record. The presets have no
 * method for these operators, so they are called through the dispatcher. All lists of one update have the same length and
 * the tensors at one index the same shape, type and device. An update belongs to the scope it was made in.
 */
public final class FusedUpdate {
    private static final int GRADIENTS = 1;

    private final String name;
    private final OperatorHandle operator;
    private final List<Tensor> parameters;
    private final IValue[] arguments;
    private final int learningRateAt;

    private FusedUpdate(
            String name, OperatorHandle operator, List<Tensor> parameters, int learningRateAt, IValue... arguments) {
        this.name = name;
        this.operator = operator;
        this.parameters = parameters;
        this.learningRateAt = learningRateAt;
        this.arguments = arguments;
    }

    private static final class Native {
        static final OperatorHandle SGD = find("aten::_fused_sgd_");
        static final OperatorHandle ADAM = find("aten::_fused_adam_");
        static final OperatorHandle ADAMW = find("aten::_fused_adamw_");
        static final Type.TypePtr TENSOR = Op.forever(new Type.TypePtr(Op.forever(TensorType.get())));
        /** Stands where each call puts its own value; also the absent gradient scale and overflow flag. */
        static final IValue NONE = Op.forever(new IValue());

        private static OperatorHandle find(String name) {
            return Op.forever(Dispatcher.singleton().findSchemaOrThrow(name, ""));
        }
    }

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
     * @param steps FLOAT32 scalars: the number of the update, counted from 1; the caller counts
     */
    public record AdamState(List<Tensor> means, List<Tensor> squares, List<Tensor> maxima, List<Tensor> steps) {}

    /**
     * Stochastic gradient descent.
     *
     * @param momentums empty when the momentum is 0
     * @param first true when the momentums hold nothing yet
     */
    public static FusedUpdate sgd(SgdRule rule, boolean first, List<Tensor> parameters, List<Tensor> momentums) {
        return new FusedUpdate(
                "sgd",
                Native.SGD,
                parameters,
                5,
                list(parameters),
                Native.NONE,
                list(momentums),
                new IValue(rule.weightDecay()),
                new IValue(rule.momentum()),
                Native.NONE,
                new IValue(rule.dampening()),
                new IValue(rule.nesterov()),
                new IValue(false),
                new IValue(first),
                Native.NONE,
                Native.NONE);
    }

    /** Adam and AdamW. */
    public static FusedUpdate adam(AdamRule rule, List<Tensor> parameters, AdamState state) {
        return new FusedUpdate(
                "adam",
                rule.decoupled() ? Native.ADAMW : Native.ADAM,
                parameters,
                6,
                list(parameters),
                Native.NONE,
                list(state.means()),
                list(state.squares()),
                list(state.maxima()),
                list(state.steps()),
                Native.NONE,
                new IValue(rule.beta1()),
                new IValue(rule.beta2()),
                new IValue(rule.weightDecay()),
                new IValue(rule.epsilon()),
                new IValue(rule.amsgrad()),
                new IValue(false),
                Native.NONE,
                Native.NONE);
    }

    /**
     * Updates the parameters by their gradients.
     *
     * @return false, with nothing changed, when a parameter has no gradient
     * @throws IllegalStateException when the scope this update was made in has been closed
     */
    public boolean apply(double learningRate) {
        if (arguments[0].isNull()) {
            throw new IllegalStateException("this update was freed when its scope closed; build the optimiser outside"
                    + " the scopes of the steps");
        }
        try (Scope scope = Scope.open()) {
            IValue gradients = gradients();
            if (gradients == null) {
                return false;
            }
            IValue[] values = arguments.clone();
            values[GRADIENTS] = gradients;
            values[learningRateAt] = new IValue(learningRate);
            IValueVector stack = new IValueVector(values);
            NoGradient.run(() -> operator.callBoxed(stack));
            return true;
        } catch (RuntimeException e) {
            throw NativeFailure.of(name, e, parameters.toArray(Tensor[]::new));
        }
    }

    private @Nullable IValue gradients() {
        GenericList list = new GenericList(Native.TENSOR);
        list.reserve(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            org.bytedeco.pytorch.Tensor borrowed = parameters.get(i).handle().grad();
            if (!borrowed.defined()) {
                return null;
            }
            list.push_back(new IValue(borrowed));
        }
        return new IValue(list);
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
