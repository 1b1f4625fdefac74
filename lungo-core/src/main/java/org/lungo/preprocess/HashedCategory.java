package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.Spelling;
import org.lungo.data.TextColumn;

/**
 * A category as the rest of its hash: any value has an index, and different ones may share it. The hash is Java's
 * {@link String#hashCode()}, which its specification fixes, of the {@linkplain Spelling#of spelling}.
 *
 * @param spelled null for models that an earlier version wrote: the hash is of the text as it stands
 */
public record HashedCategory(
        String column,
        int buckets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean spelled) implements Fitted.Index {
    /** By the spelling of values. */
    public HashedCategory(String column, int buckets) {
        this(column, buckets, true);
    }

    @Override
    public int cardinality() {
        return buckets + 1;
    }

    @Override
    public void write(Column texts, long[] target, int at, int stride) {
        String[] names = ((TextColumn) texts).values();
        for (int row = 0; row < names.length; row++) {
            String name = names[row];
            target[at + row * stride] =
                    name == null ? 0 : 1 + Math.floorMod(spelling(name).hashCode(), buckets);
        }
    }

    private String spelling(String name) {
        return Boolean.TRUE.equals(spelled) ? Spelling.of(name) : name;
    }
}
