package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lungo.data.Column;
import org.lungo.data.TextColumn;

final class OneHotTest implements CategoryContract {
    @Override
    public TablePreprocessor.Encode encode() {
        return TablePreprocessor.Encode.ONE_HOT;
    }

    /** Red occurs three times, blue twice; green only once, and counts as unknown. */
    @Override
    public double[][] expected() {
        return new double[][] {{0, 1}, {1, 0}, {0, 0}, {0, 0}, {0, 0}};
    }

    @Test
    void isChosenForFewValues() {
        Column column = new TextColumn("c", new String[] {"a", "b", "c"});
        assertThat(CategoryContract.fitted(TablePreprocessor.Encode.AUTO, 3, column))
                .isInstanceOf(OneHot.class);
        assertThat(CategoryContract.fitted(TablePreprocessor.Encode.AUTO, 2, column))
                .isInstanceOf(CategoryIndex.class);
    }
}
