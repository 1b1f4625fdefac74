package org.lungo.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the rows of a result into tables of a fixed size. */
final class ChunkBuilder {
    private final List<Field> fields;
    private final Consumer<Table> chunks;
    private final double[][] numbers;
    private final @Nullable String[][] texts;
    private final int capacity;
    private int filled;

    ChunkBuilder(List<Field> fields, int capacity, Consumer<Table> chunks) {
        this.fields = fields;
        this.capacity = capacity;
        this.chunks = chunks;
        this.numbers = new double[fields.size()][];
        this.texts = new String[fields.size()][];
        clear();
    }

    void consume(ResultSet rows) throws SQLException {
        while (rows.next()) {
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).kind().isNumeric()) {
                    double value = rows.getDouble(i + 1);
                    numbers[i][filled] = rows.wasNull() ? Double.NaN : value;
                } else {
                    texts[i][filled] = rows.getString(i + 1);
                }
            }
            filled++;
            if (filled == capacity) {
                flush();
            }
        }
        flush();
    }

    private void flush() {
        if (filled == 0) {
            return;
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            columns.add(
                    fields.get(i).kind().isNumeric()
                            ? new NumberColumn(name, Arrays.copyOf(numbers[i], filled))
                            : new TextColumn(name, Arrays.copyOf(texts[i], filled)));
        }
        chunks.accept(Table.of(columns));
        clear();
    }

    private void clear() {
        filled = 0;
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).kind().isNumeric()) {
                numbers[i] = new double[capacity];
            } else {
                texts[i] = new String[capacity];
            }
        }
    }
}
