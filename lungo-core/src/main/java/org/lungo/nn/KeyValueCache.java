package org.lungo.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/**
 * What a decoder has read so far: the keys and values of every layer, so that the next tokens are computed without reading
 * the earlier ones again. Its memory is taken once, in the scope around its making. No gradient flows through it.
 *
 * <p>Prompts of different lengths stand in one batch with padding on the left, see {@link #padded}: padding is not seen by
 * the tokens, and their places count from the first token behind it.
 */
public final class KeyValueCache {
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final Shape shape;
    private long[] padding = new long[0];
    private int length;

    /** A cache for {@code layers} layers. */
    public KeyValueCache(int layers, Shape shape, DType dtype) {
        Check.positive("layers", layers);
        this.shape = shape;
        for (int i = 0; i < layers; i++) {
            keys.add(Tensor.zeros(dtype, shape.batch(), shape.heads(), shape.capacity(), shape.width()));
            values.add(Tensor.zeros(dtype, shape.batch(), shape.heads(), shape.capacity(), shape.width()));
        }
    }

    /**
     * The sizes of a cache.
     *
     * @param batch the number of sequences
     * @param heads the number of heads of keys
     * @param capacity the most tokens of a sequence, padding included
     * @param width the width of a head
     */
    public record Shape(int batch, int heads, int capacity, int width) {
        public Shape {
            Check.positive("batch", batch);
            Check.positive("heads", heads);
            Check.positive("capacity", capacity);
            Check.positive("width", width);
        }
    }

    /** Says how many tokens at the start of each sequence are padding. Before the first tokens. Returns this cache. */
    public KeyValueCache padded(long... leading) {
        Check.that(length == 0, "padding must be told before the first tokens", length + " tokens");
        Check.that(
                leading.length == shape.batch(),
                "expected a count for each of " + shape.batch() + " rows",
                leading.length);
        Check.that(
                Arrays.stream(leading).allMatch(count -> count >= 0 && count < shape.capacity()),
                "padding must be at least 0 and below the capacity " + shape.capacity(),
                Arrays.toString(leading));
        padding = Arrays.stream(leading).anyMatch(count -> count > 0) ? leading.clone() : new long[0];
        return this;
    }

    /** The number of sequences. */
    public int batch() {
        return shape.batch();
    }

    /** The number of tokens read so far, padding included. */
    public int length() {
        return length;
    }

    /** The most tokens that it holds. */
    public int capacity() {
        return shape.capacity();
    }

    /** Forgets the tokens from {@code newLength} on. */
    public void truncate(int newLength) {
        Check.that(newLength >= 0 && newLength <= length, "the new length must lie in [0, " + length + "]", newLength);
        length = newLength;
    }

    /** Where the next {@code sequence} tokens stand and what they see. */
    Steps next(int sequence) {
        Check.that(
                length + sequence <= shape.capacity(),
                "the cache must have room for the tokens; make it larger than " + shape.capacity(),
                length + " tokens before and " + sequence + " new ones");
        Tensor rows = Tensor.arange(length, length + sequence); // [sequence]
        if (padding.length == 0) {
            return new Steps(rows.unsqueeze(0), mask(rows));
        }
        Tensor first = Tensor.of(padding, padding.length, 1); // [batch, 1]
        Tensor behind = rows.unsqueeze(0).sub(first); // [batch, sequence]
        Tensor places = behind.maximum(Tensor.zeros(DType.INT64)); // [batch, sequence]
        Tensor columns = Tensor.arange(length + sequence); // [past + sequence]
        Tensor at = rows.unsqueeze(-1); // [sequence, 1]
        Tensor tokens = columns.ge(first.unsqueeze(-1)); // [batch, 1, past + sequence]
        // Padding sees itself, so that no softmax is over nothing.
        Tensor visible = columns.le(at).and(tokens).or(columns.eq(at)); // [batch, sequence, past + sequence]
        return new Steps(places, Mask.of(visible.unsqueeze(1)));
    }

    private Mask mask(Tensor rows) {
        long sequence = rows.size(0);
        if (length == 0) {
            return Mask.CAUSAL;
        }
        return sequence == 1
                ? Mask.NONE
                : Mask.of(Tensor.arange(length + sequence).le(rows.unsqueeze(-1))); // [sequence, past + sequence]
    }

    /** The store of one layer during a pass of the tokens that {@link #next} was asked for. */
    public KeyValues layer(int index) {
        return (k, v) -> append(index, k, v);
    }

    /** Ends a pass: its tokens belong to the past from now on. */
    public void advance(int sequence) {
        Check.that(length + sequence <= shape.capacity(), "a pass must fit the cache", sequence);
        length += sequence;
    }

    private KeyValues.Read append(int layer, Tensor k, Tensor v) {
        long sequence = k.size(2);
        if (k.size(0) != shape.batch()) {
            throw new ShapeException(
                    "KeyValueCache.append", "expected a batch of " + shape.batch(), Arrays.toString(k.shape()));
        }
        keys.get(layer).narrow(2, length, sequence).copyInPlace(k);
        values.get(layer).narrow(2, length, sequence).copyInPlace(v);
        return new KeyValues.Read(
                keys.get(layer).narrow(2, 0, length + sequence),
                values.get(layer).narrow(2, 0, length + sequence));
    }
}
