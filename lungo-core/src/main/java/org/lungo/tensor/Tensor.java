package org.lungo.tensor;

import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers of one type and any rank, in native memory. What can be computed with it stands in its families:
 * {@link Arithmetic}, {@link Reduction}, {@link Reshaping}, {@link Indexing}, {@link Neural}, {@link Sequences}, {@link Quantized}.
 *
 * <p>A tensor is freed by the {@link Scope} it was made in. Operations return new tensors; those whose name ends in
 * {@code InPlace} change this one. Negative axes count from the end.
 */
public final class Tensor implements Arithmetic, Reduction, Reshaping, Indexing, Neural, Sequences, Quantized {
    private final org.bytedeco.pytorch.Tensor handle;
    private long bytes;
    private long @Nullable [] collected;
    private boolean freed;

    Tensor(org.bytedeco.pytorch.Tensor handle) {
        this(handle, handle.nbytes());
    }

    private Tensor(org.bytedeco.pytorch.Tensor handle, long bytes) {
        this.handle = handle;
        this.bytes = bytes;
        NativeMemory.allocated(bytes);
        Scope scope = Scope.current();
        if (scope != null) {
            scope.register(this);
        } else {
            leaveToCollector();
        }
    }

    static Tensor viewOf(org.bytedeco.pytorch.Tensor handle) {
        return new Tensor(handle, 0);
    }

    /** A FLOAT32 tensor of the given values in row-major order. {@code values.length} must be the product of the shape. */
    public static Tensor of(float[] values, long... shape) {
        Engine.load();
        return new Tensor(org.bytedeco.pytorch.Tensor.create(values, checkedShape(values.length, shape)));
    }

    /** A FLOAT64 tensor of the given values in row-major order. */
    public static Tensor of(double[] values, long... shape) {
        Engine.load();
        return new Tensor(org.bytedeco.pytorch.Tensor.create(values, checkedShape(values.length, shape)));
    }

    /** An INT64 tensor of the given values in row-major order. */
    public static Tensor of(long[] values, long... shape) {
        Engine.load();
        return new Tensor(org.bytedeco.pytorch.Tensor.create(values, checkedShape(values.length, shape)));
    }

    /** An INT32 tensor of the given values in row-major order. */
    public static Tensor of(int[] values, long... shape) {
        Engine.load();
        return new Tensor(org.bytedeco.pytorch.Tensor.create(values, checkedShape(values.length, shape)));
    }

    /** A tensor of zeros. */
    public static Tensor zeros(DType dtype, long... shape) {
        return full(0, dtype, shape);
    }

    /** A tensor of ones. */
    public static Tensor ones(DType dtype, long... shape) {
        return full(1, dtype, shape);
    }

    /** A tensor whose elements all are {@code value}; an empty shape makes a scalar. */
    public static Tensor full(double value, DType dtype, long... shape) {
        Engine.load();
        try (TensorOptions options = new TensorOptions(dtype.scalarType());
                Scalar scalar = new Scalar(value)) {
            return new Tensor(torch.full(shape, scalar, options));
        }
    }

    /** INT64 values 0, 1, ..., end - 1. */
    public static Tensor arange(long end) {
        return arange(0, end);
    }

    /** INT64 values start, start + 1, ..., end - 1. */
    public static Tensor arange(long start, long end) {
        Engine.load();
        try (TensorOptions options = new TensorOptions(DType.INT64.scalarType());
                Scalar first = new Scalar(start);
                Scalar last = new Scalar(end)) {
            return new Tensor(torch.arange(first, last, options));
        }
    }

    /**
     * A tensor that reads its numbers from a file, mapped into memory; nothing is loaded until it is used (where
     * the offset is no multiple of the element's size, the numbers are copied). The file holds
     * the elements in row-major, little-endian order and must not change while the tensor lives.
     *
     * @param offset where the first element starts, in bytes
     */
    public static Tensor map(Path file, long offset, DType dtype, long... shape) {
        Engine.load();
        long size = dtype.bytes() * product(shape);
        try (TensorOptions options = new TensorOptions(DType.UINT8.scalarType());
                LongOptional length = new LongOptional(offset + size);
                BoolOptional shared = new BoolOptional(false);
                org.bytedeco.pytorch.Tensor whole = torch.from_file(file.toString(), shared, length, options);
                org.bytedeco.pytorch.Tensor part = whole.narrow(0, offset, size);
                org.bytedeco.pytorch.Tensor aligned = offset % dtype.bytes() == 0 ? part : part.clone();
                org.bytedeco.pytorch.Tensor typed = aligned.view(dtype.scalarType())) {
            return viewOf(typed.view(shape));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "cannot map " + file + ": expected at least " + (offset + size) + " bytes. Received: offset "
                            + offset,
                    e);
        }
    }

    /**
     * A tensor of zeros that is kept in a new file of its own: what is written to it goes to the file, and the system decides
     * how much of it is in memory. At least one element.
     */
    public static Tensor mapNew(Path file, DType dtype, long... shape) {
        Engine.load();
        try (TensorOptions options = new TensorOptions(dtype.scalarType());
                LongOptional length = new LongOptional(product(shape));
                BoolOptional shared = new BoolOptional(true);
                org.bytedeco.pytorch.Tensor flat = torch.from_file(file.toString(), shared, length, options)) {
            return viewOf(flat.view(shape));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "cannot map the new file " + file + ": " + NativeFailure.firstLine(e.getMessage()), e);
        }
    }

    /** The size of each axis. */
    public long[] shape() {
        return handle().shape();
    }

    /** The size of one axis. */
    public long size(int axis) {
        long[] shape = shape();
        int index = axis < 0 ? axis + shape.length : axis;
        if (index < 0 || index >= shape.length) {
            throw new ShapeException("size", "axis must exist", "axis " + axis + " of " + Arrays.toString(shape));
        }
        return shape[index];
    }

    /** The number of axes. */
    public int rank() {
        return (int) handle().dim();
    }

    /** The number of elements. */
    public long elements() {
        return handle().numel();
    }

    /** The type of the elements. */
    public DType dtype() {
        return DType.of(handle().scalar_type());
    }

    /** Where the elements are kept. */
    public Device device() {
        if (!handle().is_cuda()) {
            return Device.CPU;
        }
        try (org.bytedeco.pytorch.Device device = handle.device()) {
            return Device.cuda(device.index());
        }
    }

    /** The elements as FLOAT32 in row-major order. */
    public float[] toFloats() {
        return TensorReader.floats(this);
    }

    /** The elements as FLOAT64 in row-major order. */
    public double[] toDoubles() {
        return TensorReader.doubles(this);
    }

    /** The elements as INT64 in row-major order. */
    public long[] toLongs() {
        return TensorReader.longs(this);
    }

    /** The only element. Waits for the device when the tensor is on a GPU. */
    public double item() {
        if (elements() != 1) {
            throw new ShapeException("item", "expected one element", Arrays.toString(shape()));
        }
        return handle.item_double();
    }

    /** The same numbers as another type. */
    public Tensor to(DType dtype) {
        return Op.unary("to", this, x -> x.to(dtype.scalarType()));
    }

    /** The same numbers on another device; the tensor itself when it is there already. */
    public Tensor to(Device device) {
        if (device.equals(device())) {
            return this;
        }
        DeviceType type = device.type() == Device.Type.CPU ? DeviceType.CPU : DeviceType.CUDA;
        try (org.bytedeco.pytorch.Device target = new org.bytedeco.pytorch.Device(type, (byte) device.index())) {
            return Op.unary("to", this, x -> x.to(target, x.scalar_type()));
        }
    }

    /** A copy with memory of its own, outside the gradient record. */
    public Tensor copy() {
        return Op.unary("copy", this, x -> {
            try (org.bytedeco.pytorch.Tensor detached = x.detach()) {
                return detached.clone();
            }
        });
    }

    /** The same numbers outside the gradient record. */
    public Tensor detach() {
        return Op.view("detach", this, org.bytedeco.pytorch.Tensor::detach);
    }

    /** Marks this tensor as one that {@link #backward()} computes a gradient for. Returns this tensor. */
    public Tensor requireGradient() {
        handle().set_requires_grad(true);
        return this;
    }

    /** Computes the gradients of this scalar for every tensor that requires one, and adds them to theirs. */
    public void backward() {
        try {
            handle().backward();
        } catch (RuntimeException e) {
            throw NativeFailure.of("backward", e, this);
        }
        Scope.recompute();
    }

    /** As {@link #backward()}, of a tensor whose own gradient is known: of the same shape. */
    void backward(Tensor gradient) {
        try {
            handle().backward(gradient.handle(), Op.NO_FLAG, false, Op.NO_TENSORS);
        } catch (RuntimeException e) {
            throw NativeFailure.of("backward", e, this, gradient);
        }
        Scope.recompute();
    }

    boolean requiresGradient() {
        return handle().requires_grad();
    }

    /** The gradient that {@link #backward()} left here, sharing its memory, or null. */
    public @Nullable Tensor gradient() {
        try (org.bytedeco.pytorch.Tensor borrowed = handle().grad()) {
            return borrowed.defined() ? new Tensor(new org.bytedeco.pytorch.Tensor(borrowed)) : null;
        }
    }

    /** Forgets the gradient. */
    public void clearGradient() {
        handle().mutable_grad().reset();
    }

    /** Overwrites the elements with those of {@code source}, which must have the same shape. Returns this tensor. */
    public Tensor copyInPlace(Tensor source) {
        if (!Arrays.equals(shape(), source.shape())) {
            throw new ShapeException(
                    "copyInPlace",
                    "shapes must be equal",
                    Arrays.toString(shape()) + " and " + Arrays.toString(source.shape()));
        }
        NoGradient.run(() -> handle.copy_(source.handle()));
        return this;
    }

    /**
     * Lets this tensor have the shape and the memory of {@code other}, which has the same type. Its own memory is freed at
     * once unless a view still reads it; that of {@code other} lives as long as either. Outside the gradient record.
     */
    public Tensor become(Tensor other) {
        if (other.dtype() != dtype()) {
            throw new ShapeException("become", "the types must be equal", dtype() + " and " + other.dtype());
        }
        long held = other.bytes;
        NoGradient.run(() -> handle().set_(other.handle()));
        NativeMemory.resized(held - bytes);
        bytes = held;
        if (collected != null) {
            collected[0] = held;
        }
        return this;
    }

    /** True when the scope this tensor was made in has been closed. */
    public boolean isFreed() {
        return freed;
    }

    /** The type, shape and, for few elements, the values. */
    @Override
    public String toString() {
        if (freed) {
            return "Tensor(freed)";
        }
        String head = "Tensor(" + dtype() + Arrays.toString(shape());
        return elements() <= 16 ? head + " " + Arrays.toString(toDoubles()) + ")" : head + ")";
    }

    org.bytedeco.pytorch.Tensor handle() {
        if (freed) {
            throw new IllegalStateException(
                    "this tensor was freed when its scope closed; keep it with scope.keep(tensor) to use it later");
        }
        return handle;
    }

    void markFreed() {
        freed = true;
        NativeMemory.released(bytes);
    }

    void leaveToCollector() {
        long[] counted = {bytes};
        collected = counted;
        NativeMemory.releaseWithCollector(this, counted);
    }

    private static long[] checkedShape(long length, long... shape) {
        if (product(shape) != length) {
            throw new ShapeException(
                    "of",
                    "the shape's product must be the number of values",
                    length + " values for shape " + Arrays.toString(shape));
        }
        return shape;
    }

    private static long product(long... shape) {
        long product = 1;
        for (long size : shape) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }
}
