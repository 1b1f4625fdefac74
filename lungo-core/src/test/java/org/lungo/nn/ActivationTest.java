package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ParameterizedClass
@EnumSource(Activation.class)
record ActivationTest(Activation activation) implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return activation;
    }

    @Test
    void followsTheFormula() {
        double[] x = {-30, -3.5, -1, -0.25, 0, 0.25, 1, 3.5, 30};
        try (Scope scope = Scope.inference()) {
            double[] y = activation.forward(Tensor.of(x, x.length)).toDoubles();
            for (int i = 0; i < x.length; i++) {
                // Float64 on both sides; mish and gelu combine a few roundings.
                assertThat(y[i]).as("at " + x[i]).isCloseTo(formula().applyAsDouble(x[i]), within(1e-14));
            }
        }
    }

    @Test
    void isNamedAsInConfigFiles() {
        assertThat(activation.toString()).matches("[a-z]+");
    }

    private DoubleUnaryOperator formula() {
        return switch (activation) {
            case RELU -> x -> Math.max(0, x);
            case GELU -> x -> x * normal(x);
            case SILU -> x -> x / (1 + Math.exp(-x));
            case ELU -> x -> x > 0 ? x : Math.expm1(x);
            case MISH -> x -> x * Math.tanh(Math.log1p(Math.exp(x)));
            case TANH -> Math::tanh;
            case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
            case IDENTITY -> x -> x;
        };
    }

    /** The standard normal distribution function by its Taylor series around 0; beyond 8 it is 0 or 1. */
    private static double normal(double x) {
        if (Math.abs(x) > 8) {
            return x > 0 ? 1 : 0;
        }
        double term = x;
        double sum = x;
        for (int i = 1; i < 200; i++) {
            term *= -x * x / (2 * i);
            sum += term / (2 * i + 1);
        }
        return 0.5 + sum / Math.sqrt(2 * Math.PI);
    }
}
