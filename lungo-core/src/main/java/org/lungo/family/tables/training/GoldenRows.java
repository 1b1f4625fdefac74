package org.lungo.family.tables.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.NumberColumn;
import org.lungo.data.RowParser;
import org.lungo.data.Table;
import org.lungo.family.tables.Golden;
import org.lungo.family.tables.Scorer;

/** The golden examples of a model for tables: the first rows of the training part, and one whose values are all missing. */
final class GoldenRows {
    private static final int ROWS = 8;

    private GoldenRows() {}

    static Golden of(Fitting fitting) {
        Table train = fitting.sample();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<String> names = fitting.bundle().table().features().names();
        for (int row = 0; row < Math.min(ROWS, train.rows()); row++) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (String name : names) {
                values.put(name, value(train.column(name), row));
            }
            rows.add(values);
        }
        rows.add(new LinkedHashMap<>());
        RowParser parser = new RowParser(
                fitting.bundle().table().features(), fitting.bundle().missing());
        return new Golden(rows, Arrays.asList(new Scorer(fitting.bundle()).scores(parser.parse(rows))));
    }

    private static @Nullable Object value(Column column, int row) {
        if (column.missing(row)) {
            return null;
        }
        return column instanceof NumberColumn numbers ? (Object) numbers.values()[row] : column.text(row);
    }
}
