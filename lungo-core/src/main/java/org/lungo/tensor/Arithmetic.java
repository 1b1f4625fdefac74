package org.lungo.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.global.torch;

/** Element by element. Shapes broadcast as in NumPy: axes of size 1 are repeated, missing leading axes added. */
public sealed interface Arithmetic permits Tensor {
    /** Sum. */
    default Tensor add(Tensor other) {
        return Op.binary("add", (Tensor) this, other, (x, y) -> x.add(y));
    }

    /** Sum with a number. */
    default Tensor add(double value) {
        return withScalar("add", value, (x, s) -> x.add(s));
    }

    /** Difference. */
    default Tensor sub(Tensor other) {
        return Op.binary("sub", (Tensor) this, other, (x, y) -> x.sub(y));
    }

    /** Difference with a number. */
    default Tensor sub(double value) {
        return withScalar("sub", value, (x, s) -> x.sub(s));
    }

    /** Product. */
    default Tensor mul(Tensor other) {
        return Op.binary("mul", (Tensor) this, other, (x, y) -> x.mul(y));
    }

    /** Product with a number. */
    default Tensor mul(double value) {
        return withScalar("mul", value, (x, s) -> x.mul(s));
    }

    /** Quotient. */
    default Tensor div(Tensor other) {
        return Op.binary("div", (Tensor) this, other, (x, y) -> x.div(y));
    }

    /** Quotient with a number. */
    default Tensor div(double value) {
        return withScalar("div", value, (x, s) -> x.div(s));
    }

    /** Power. */
    default Tensor pow(double exponent) {
        return withScalar("pow", exponent, (x, s) -> x.pow(s));
    }

    /** Negative. */
    default Tensor neg() {
        return Op.unary("neg", (Tensor) this, org.bytedeco.pytorch.Tensor::neg);
    }

    /** e to the power of each element. */
    default Tensor exp() {
        return Op.unary("exp", (Tensor) this, org.bytedeco.pytorch.Tensor::exp);
    }

    /** Natural logarithm. */
    default Tensor log() {
        return Op.unary("log", (Tensor) this, org.bytedeco.pytorch.Tensor::log);
    }

    /** Square root. */
    default Tensor sqrt() {
        return Op.unary("sqrt", (Tensor) this, org.bytedeco.pytorch.Tensor::sqrt);
    }

    /** Square. */
    default Tensor square() {
        return Op.unary("square", (Tensor) this, org.bytedeco.pytorch.Tensor::square);
    }

    /** Rounded to the nearest whole number, halves to the even one. */
    default Tensor round() {
        return Op.unary("round", (Tensor) this, org.bytedeco.pytorch.Tensor::round);
    }

    /** Absolute value. */
    default Tensor abs() {
        return Op.unary("abs", (Tensor) this, org.bytedeco.pytorch.Tensor::abs);
    }

    /** -1, 0 or 1. */
    default Tensor sign() {
        return Op.unary("sign", (Tensor) this, org.bytedeco.pytorch.Tensor::sign);
    }

    /** Sine, of radians. */
    default Tensor sin() {
        return Op.unary("sin", (Tensor) this, org.bytedeco.pytorch.Tensor::sin);
    }

    /** Cosine, of radians. */
    default Tensor cos() {
        return Op.unary("cos", (Tensor) this, org.bytedeco.pytorch.Tensor::cos);
    }

    /** The larger of the two. */
    default Tensor maximum(Tensor other) {
        return Op.binary("maximum", (Tensor) this, other, torch::maximum);
    }

    /** The smaller of the two. */
    default Tensor minimum(Tensor other) {
        return Op.binary("minimum", (Tensor) this, other, torch::minimum);
    }

    /** Each element moved into [min, max]. */
    default Tensor clamp(double min, double max) {
        try (Scalar low = new Scalar(min);
                Scalar high = new Scalar(max);
                ScalarOptional lower = new ScalarOptional(low);
                ScalarOptional upper = new ScalarOptional(high)) {
            return Op.unary("clamp", (Tensor) this, x -> x.clamp(lower, upper));
        }
    }

    /** BOOL: equal. */
    default Tensor eq(Tensor other) {
        return Op.binary("eq", (Tensor) this, other, (x, y) -> x.eq(y));
    }

    /** BOOL: equal to a number. */
    default Tensor eq(double value) {
        return withScalar("eq", value, (x, s) -> x.eq(s));
    }

    /** What is left of this after division by {@code other}, with the sign of {@code other}. */
    default Tensor remainder(Tensor other) {
        return Op.binary("remainder", (Tensor) this, other, torch::remainder);
    }

    /** BOOL: greater than a number. */
    default Tensor gt(double value) {
        return withScalar("gt", value, (x, s) -> x.gt(s));
    }

    /** BOOL: at least as large as the other. */
    default Tensor ge(Tensor other) {
        return Op.binary("ge", (Tensor) this, other, (x, y) -> x.ge(y));
    }

    /** BOOL: at most as large as the other. */
    default Tensor le(Tensor other) {
        return Op.binary("le", (Tensor) this, other, (x, y) -> x.le(y));
    }

    /** BOOL: both true. */
    default Tensor and(Tensor other) {
        return Op.binary("and", (Tensor) this, other, (x, y) -> x.logical_and(y));
    }

    /** BOOL: at least one true. */
    default Tensor or(Tensor other) {
        return Op.binary("or", (Tensor) this, other, (x, y) -> x.logical_or(y));
    }

    /** BOOL: neither NaN nor infinite. */
    default Tensor isFinite() {
        return Op.unary("isFinite", (Tensor) this, org.bytedeco.pytorch.Tensor::isfinite);
    }

    /** Adds {@code other * factor} to this tensor, outside the gradient record. Returns this tensor. */
    default Tensor addInPlace(Tensor other, double factor) {
        Tensor self = (Tensor) this;
        try (Scalar scalar = new Scalar(factor)) {
            NoGradient.run(() -> self.handle().add_(other.handle(), scalar));
        } catch (RuntimeException e) {
            throw NativeFailure.of("addInPlace", e, self, other);
        }
        return self;
    }

    /** Multiplies this tensor by {@code factor}, outside the gradient record. Returns this tensor. */
    default Tensor mulInPlace(double factor) {
        Tensor self = (Tensor) this;
        try (Scalar scalar = new Scalar(factor)) {
            NoGradient.run(() -> self.handle().mul_(scalar));
        }
        return self;
    }

    /** Moves this tensor towards {@code target} by {@code weight} of the distance, in place. Returns this tensor. */
    default Tensor lerpInPlace(Tensor target, double weight) {
        Tensor self = (Tensor) this;
        try (Scalar scalar = new Scalar(weight)) {
            NoGradient.run(() -> self.handle().lerp_(target.handle(), scalar));
        } catch (RuntimeException e) {
            throw NativeFailure.of("lerpInPlace", e, self, target);
        }
        return self;
    }

    /** Moves each element of this tensor into [min, max], in place. Returns this tensor. */
    default Tensor clampInPlace(double min, double max) {
        Tensor self = (Tensor) this;
        try (Scalar low = new Scalar(min);
                Scalar high = new Scalar(max);
                ScalarOptional lower = new ScalarOptional(low);
                ScalarOptional upper = new ScalarOptional(high)) {
            NoGradient.run(() -> self.handle().clamp_(lower, upper));
        }
        return self;
    }

    private Tensor withScalar(String name, double value, ScalarOperation operation) {
        Tensor self = (Tensor) this;
        try (Scalar scalar = new Scalar(value)) {
            return new Tensor(operation.apply(self.handle(), scalar));
        } catch (RuntimeException e) {
            throw NativeFailure.of(name, e, self);
        }
    }
}
