package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lungo.data.TextColumn;

final class CategoryIndexTest implements CategoryContract {
    @Override
    public TablePreprocessor.Encode encode() {
        return TablePreprocessor.Encode.EMBEDDING;
    }

    /** The most frequent value is 1; 0 is rare, missing or unknown. */
    @Override
    public double[][] expected() {
        return new double[][] {{2}, {1}, {0}, {0}, {0}};
    }

    @Test
    void numbersEquallyFrequentValuesByName() {
        var fitted = (CategoryIndex)
                CategoryContract.fitted(encode(), 0, new TextColumn("c", new String[] {"z", "a", "m", "m", "z", "b"}));
        assertThat(fitted.vocabulary().values()).containsExactly("m", "z", "a", "b");
        assertThat(fitted.cardinality()).isEqualTo(5);
    }
}
