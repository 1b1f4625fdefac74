package org.lungo.preprocess;

import org.lungo.data.Column;
import org.lungo.data.TextColumn;

/**
 * A category as the rest of its hash: any value has an index, and different ones may share it. The hash is Java's
 * {@link String#hashCode()}, which its specification fixes.
 */
public record HashedCategory(String column, int buckets) implements Fitted.Index {
    @Override
    public int cardinality() {
        return buckets + 1;
    }

    @Override
    public void write(Column texts, long[] target, int at, int stride) {
        String[] names = ((TextColumn) texts).values();
        for (int row = 0; row < names.length; row++) {
            String name = names[row];
            target[at + row * stride] = name == null ? 0 : 1 + Math.floorMod(name.hashCode(), buckets);
        }
    }
}
