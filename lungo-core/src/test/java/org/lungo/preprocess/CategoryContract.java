package org.lungo.preprocess;

import java.util.List;
import org.lungo.data.Column;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.TextColumn;

/** The columns that categories are tested on: values that occur three times, twice and once, and one missing. */
interface CategoryContract extends TransformContract {
    /** How the categories become numbers. */
    TablePreprocessor.Encode encode();

    @Override
    default TablePreprocessor preprocessor() {
        return new TablePreprocessor(
                TablePreprocessor.Numbers.DEFAULTS, new TablePreprocessor.Categories(encode(), 8, 2, 16), 1_000_000);
    }

    @Override
    default Kind kind() {
        return Kind.CATEGORY;
    }

    @Override
    default Column train() {
        return new TextColumn("colour", new String[] {"blue", "red", "red", null, "green", "red", "blue", ""});
    }

    @Override
    default Column others() {
        return new TextColumn("colour", new String[] {"blue", "red", "green", null, "polygenelubricants"});
    }

    static Fitted fitted(TablePreprocessor.Encode encode, int oneHotMax, Column column) {
        var categories = new TablePreprocessor.Categories(encode, oneHotMax, 1, 16);
        return new TablePreprocessor(TablePreprocessor.Numbers.DEFAULTS, categories, 1_000_000)
                .fit(Table.of(List.of(column)), new Schema(List.of(new Field(column.name(), Kind.CATEGORY))))
                .columns()
                .get(0);
    }
}
