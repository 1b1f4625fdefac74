package org.lungo.model;

import org.jspecify.annotations.Nullable;
import org.lungo.nn.Embedding;
import org.lungo.nn.Initializers;
import org.lungo.nn.Linear;
import org.lungo.nn.Parameter;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * How the weights of a language model start: normal as in GPT-2 (Radford et al. 2019, section 2.3), or all zero when they
 * are to be loaded.
 *
 * @param random null for zeros
 */
record Start(@Nullable Random random, DType dtype) {
    /** GPT-2's, and that of Llama's files. */
    static final double DEVIATION = 0.02;

    Start stream(String name) {
        return new Start(random == null ? null : random.stream(name), dtype);
    }

    Start stream(String name, long number) {
        return new Start(random == null ? null : random.stream(name, number), dtype);
    }

    Linear linear(String name, int in, int out, boolean bias) {
        return linear(name, in, out, bias, DEVIATION);
    }

    /** A layer whose output is added to the residual stream: every block adds two. */
    Linear residual(String name, int in, int out, boolean bias, int layers) {
        return linear(name, in, out, bias, DEVIATION / Math.sqrt(2.0 * layers));
    }

    Embedding embedding(String name, int entries, int width) {
        return new Embedding(normal(name, DEVIATION, entries, width));
    }

    Parameter normal(String name, double deviation, long... shape) {
        return random == null
                ? constant(0, shape)
                : Parameter.of(narrowed(Initializers.normal(deviation, random.stream(name), shape)));
    }

    Parameter constant(double value, long... shape) {
        return Parameter.of(Tensor.full(value, dtype, shape));
    }

    private Linear linear(String name, int in, int out, boolean bias, double deviation) {
        return new Linear(normal(name, deviation, out, in), bias ? constant(0, out) : null);
    }

    private Tensor narrowed(Tensor drawn) {
        return dtype == DType.FLOAT32 ? drawn : drawn.to(dtype);
    }
}
