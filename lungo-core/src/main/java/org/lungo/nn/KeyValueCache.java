package org.lungo.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/**
 * What a decoder has read so far: the keys and values of every layer, so that the next tokens are computed without reading
 * the earlier ones again. Its memory grows with what it holds, by doubling, and lives in the scope around its making. No
 * gradient flows through it.
 *
 * <p>Prompts of different lengths stand in one batch with padding on the left, see {@link #padded}: padding is not seen by
 * the tokens, and their places count from the first token behind it.
 *
 * <p>Texts may also come and go one by one, see {@link #vacant}: each row ends at the same column, and what is free before
 * it is padding.
 */
public final class KeyValueCache {
    /** The columns that memory is taken for at first. */
    private static final int FIRST_COLUMNS = 64;

    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final Shape shape;
    private long[] padding = new long[0];
    private int length;
    private int rows;
    private boolean changing;

    /** A cache for {@code layers} layers. */
    public KeyValueCache(int layers, Shape shape, DType dtype) {
        Check.positive("layers", layers);
        this.shape = shape;
        this.rows = shape.batch();
        for (int i = 0; i < layers; i++) {
            keys.add(Tensor.zeros(dtype, 0, shape.heads(), 0, shape.width()));
            values.add(Tensor.zeros(dtype, 0, shape.heads(), 0, shape.width()));
        }
    }

    /** Takes memory for these numbers of rows and columns, at least twice what there was, unless there is enough. */
    private void ensure(int neededRows, int neededColumns) {
        long heldRows = keys.get(0).size(0);
        long heldColumns = keys.get(0).size(2);
        if (neededRows <= heldRows && neededColumns <= heldColumns) {
            return;
        }
        long newRows = neededRows <= heldRows ? heldRows : Math.min(shape.batch(), Math.max(neededRows, 2 * heldRows));
        long longest = neededColumns <= heldColumns
                ? heldColumns
                : Math.min(shape.capacity(), Math.max(Math.max(neededColumns, FIRST_COLUMNS), 2 * heldColumns));
        int kept = (int) Math.min(rows, heldRows);
        each(store -> {
            Tensor larger = Tensor.zeros(store.dtype(), newRows, shape.heads(), longest, shape.width());
            if (kept > 0 && length > 0) {
                larger.narrow(0, 0, kept)
                        .narrow(2, 0, length)
                        .copyInPlace(store.narrow(0, 0, kept).narrow(2, 0, length));
            }
            store.become(larger);
        });
    }

    private void each(Consumer<Tensor> change) {
        for (List<Tensor> stores : List.of(keys, values)) {
            for (Tensor store : stores) {
                try (Scope scope = Scope.inference()) {
                    change.accept(store);
                }
            }
        }
    }

    /**
     * The sizes of a cache.
     *
     * @param batch the number of sequences
     * @param heads the number of heads of keys
     * @param capacity the maximum number of tokens of a sequence, padding included
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
        Check.that(length == 0, "padding must be set before the first tokens", length + " tokens");
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

    /** Makes this cache one of texts that come and go: it holds none yet and has room for its whole batch. */
    public KeyValueCache vacant() {
        Check.that(length == 0, "a cache must be emptied of texts before its first tokens", length + " tokens");
        padding = new long[shape.batch()];
        rows = 0;
        changing = true;
        return this;
    }

    /** Takes in the one text that {@code alone} has read, as its last row. The other texts make room. */
    public void join(KeyValueCache alone) {
        int tokens = alone.length;
        Check.that(changing && rows < shape.batch(), "a text must find a vacant row", rows + " of " + shape.batch());
        Check.that(
                alone.rows == 1 && alone.padding.length == 0 && tokens <= shape.capacity(),
                "what joins must be one text of at most " + shape.capacity() + " tokens, without padding",
                alone.rows + " of " + tokens);
        ensure(rows + 1, Math.max(length, tokens));
        if (tokens > length) {
            shift(tokens - length);
        }
        try (Scope scope = Scope.open()) {
            for (int layer = 0; layer < keys.size(); layer++) {
                place(keys.get(layer), alone.keys.get(layer), tokens);
                place(values.get(layer), alone.values.get(layer), tokens);
            }
        }
        padding[rows++] = (long) length - tokens;
    }

    private void place(Tensor store, Tensor alone, int tokens) {
        Tensor row = store.narrow(0, rows, 1);
        row.narrow(2, length - tokens, tokens).copyInPlace(alone.narrow(2, 0, tokens));
        clear(row, length - tokens);
    }

    /** What an earlier text left is not seen, but NaN times a weight of 0 would be. */
    private static void clear(Tensor store, int columns) {
        if (columns > 0) {
            Tensor padding = store.narrow(2, 0, columns);
            padding.copyInPlace(Tensor.zeros(padding.dtype(), padding.shape()));
        }
    }

    /** Forgets the text in {@code row}; the last one takes its row. */
    public void leave(int row) {
        Check.that(changing && row >= 0 && row < rows, "a text that leaves must be one of " + rows, row);
        rows--;
        if (row < rows) {
            padding[row] = padding[rows];
            each(store -> store.narrow(0, row, 1).copyInPlace(store.narrow(0, rows, 1)));
        }
        if (rows == 0) {
            length = 0;
            each(store -> store.become(Tensor.zeros(store.dtype(), 0, shape.heads(), 0, shape.width())));
        }
    }

    /** Lets row i be what row {@code from[i]} was; there may be more or fewer rows than before, up to the batch. */
    public void select(int... from) {
        Check.that(
                from.length >= 1 && from.length <= shape.batch(),
                "expected 1 to " + shape.batch() + " rows",
                from.length);
        long[] chosen = Arrays.stream(from).asLongStream().toArray();
        Check.that(
                Arrays.stream(from).allMatch(row -> row >= 0 && row < rows),
                "rows must be from 0 to " + (rows - 1),
                Arrays.toString(from));
        ensure(from.length, length);
        if (length > 0) {
            each(store -> {
                Tensor before = store.narrow(2, 0, length); // [rows held, heads, length, width]
                Tensor after = before.indexSelect(0, Tensor.of(chosen, chosen.length)); // [rows, heads, length, width]
                before.narrow(0, 0, chosen.length).copyInPlace(after);
            });
        }
        padding = padding.length == 0
                ? padding
                : Arrays.copyOf(
                        Arrays.stream(from).mapToLong(row -> padding[row]).toArray(), shape.batch());
        rows = from.length;
    }

    /** The number of tokens of the text in {@code row}. */
    public int length(int row) {
        return length - (padding.length == 0 ? 0 : (int) padding[row]);
    }

    /** Moves all texts by a number of columns, to the right when it is positive. */
    private void shift(int columns) {
        int from = Math.max(0, -columns);
        int moved = length - from;
        if (rows > 0 && moved > 0) {
            each(store -> move(store.narrow(0, 0, rows), from, moved, columns));
        }
        length += columns;
        for (int row = 0; row < rows; row++) {
            padding[row] += columns;
        }
    }

    private static void move(Tensor store, int from, int moved, int columns) {
        Tensor before = store.narrow(2, from, moved).copy(); // the columns overlap
        store.narrow(2, from + columns, moved).copyInPlace(before);
        clear(store, columns);
    }

    /** The columns before the longest text. */
    private int leastPadding() {
        return (int) Arrays.stream(padding).limit(rows).min().orElse(0);
    }

    /** The number of sequences. */
    public int batch() {
        return rows;
    }

    /** The number of tokens read so far, padding included; of texts that come and go, those of the longest. */
    public int length() {
        return changing ? length - leastPadding() : length;
    }

    /** The memory that it has taken, in bytes. */
    public long bytes() {
        return Stream.concat(keys.stream(), values.stream())
                .mapToLong(store -> store.elements() * store.dtype().bytes())
                .sum();
    }

    /** The maximum number of tokens that it holds. */
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
        if (changing && length + sequence > keys.get(0).size(2) && leastPadding() > 0) {
            shift(-leastPadding());
        }
        Check.that(
                length + sequence <= shape.capacity(),
                "the cache must have room for the tokens; make it larger than " + shape.capacity(),
                length + " tokens before and " + sequence + " new ones");
        ensure(rows, length + sequence);
        Tensor newest = Tensor.arange(length, length + sequence); // [sequence]
        if (padding.length == 0 || leastPadding() == 0 && rows == 1) {
            return new Steps(newest.unsqueeze(0), mask(newest));
        }
        Tensor first = Tensor.of(Arrays.copyOf(padding, rows), rows, 1); // [batch, 1]
        Tensor behind = newest.unsqueeze(0).sub(first); // [batch, sequence]
        Tensor places = behind.maximum(Tensor.zeros(DType.INT64)); // [batch, sequence]
        Tensor columns = Tensor.arange(length + sequence); // [past + sequence]
        Tensor at = newest.unsqueeze(-1); // [sequence, 1]
        Tensor tokens = columns.ge(first.unsqueeze(-1)); // [batch, 1, past + sequence]
        // Padding sees itself, so that no softmax is over nothing.
        Tensor visible = columns.le(at).and(tokens).or(columns.eq(at)); // [batch, sequence, past + sequence]
        return new Steps(places, Mask.of(visible.unsqueeze(1)));
    }

    private Mask mask(Tensor newest) {
        long sequence = newest.size(0);
        if (length == 0) {
            return Mask.CAUSAL;
        }
        return sequence == 1
                ? Mask.NONE
                : Mask.of(Tensor.arange(length + sequence).le(newest.unsqueeze(-1))); // [sequence, past + sequence]
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
        if (k.size(0) != rows) {
            throw new ShapeException("KeyValueCache.append", "expected a batch of " + rows, Arrays.toString(k.shape()));
        }
        Tensor allKeys = keys.get(layer).narrow(0, 0, rows);
        Tensor allValues = values.get(layer).narrow(0, 0, rows);
        allKeys.narrow(2, length, sequence).copyInPlace(k);
        allValues.narrow(2, length, sequence).copyInPlace(v);
        return new KeyValues.Read(allKeys.narrow(2, 0, length + sequence), allValues.narrow(2, 0, length + sequence));
    }
}
