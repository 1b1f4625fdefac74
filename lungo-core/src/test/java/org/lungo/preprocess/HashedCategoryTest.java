package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lungo.data.TextColumn;
import tools.jackson.databind.json.JsonMapper;

final class HashedCategoryTest implements CategoryContract {
    @Override
    public TablePreprocessor.Encode encode() {
        return TablePreprocessor.Encode.HASHING;
    }

    /**
     * 1 + the hash modulo 16, by the specification of String.hashCode (31 is -1 modulo 16, so that letters count by turns
     * + and -): blue 101-117+108-98 = -6, red 100-101+114 = 113, green 110-101+101-114+103 = 99; the last is -2^31.
     */
    @Override
    public double[][] expected() {
        return new double[][] {{1 + 10}, {1 + 1}, {1 + 3}, {0}, {1}};
    }

    @Override
    public boolean learns() {
        return false;
    }

    @Test
    void hashesTheSpellingExceptForEarlierModels() {
        TextColumn column = new TextColumn("c", new String[] {"3", "3.0"});
        assertThat(indices(new HashedCategory("c", 16), column)).containsExactly(1 + '3' % 16, 1 + '3' % 16);
        Fitted earlier = new JsonMapper()
                .readValue("{\"type\":\"hashed_category\",\"column\":\"c\",\"buckets\":16}", Fitted.class);
        assertThat(indices((HashedCategory) earlier, column))
                .containsExactly(1 + '3' % 16, 1 + Math.floorMod("3.0".hashCode(), 16));
    }

    private static long[] indices(HashedCategory fitted, TextColumn column) {
        long[] indices = new long[column.rows()];
        fitted.write(column, indices, 0, 1);
        return indices;
    }

    @Test
    void hasAnIndexForEveryBucketAndOneForMissing() {
        assertThat(new HashedCategory("c", 16).cardinality()).isEqualTo(17);
    }
}
