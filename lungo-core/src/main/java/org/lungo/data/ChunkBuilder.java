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
    private final @Nullable Consumer<BadRow> bad;
    private final double[][] numbers;
    private final @Nullable String[][] texts;
    private final int capacity;
    private int filled;

    ChunkBuilder(List<Field> fields, int capacity, Consumer<Table> chunks, @Nullable Consumer<BadRow> bad) {
        this.fields = fields;
        this.capacity = capacity;
        this.chunks = chunks;
        this.bad = bad;
        this.numbers = new double[fields.size()][];
        this.texts = new String[fields.size()][];
        clear();
    }

    void consume(ResultSet rows) throws SQLException {
        long row = 0;
        while (rows.next()) {
            row++;
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).kind().isNumeric()) {
                    double value = rows.getDouble(i + 1);
                    numbers[i][filled] = rows.wasNull() ? Double.NaN : value;
                } else {
                    texts[i][filled] = rows.getString(i + 1);
                }
            }
            if (bad == null || usable(rows, row, bad)) {
                filled++;
            }
            if (filled == capacity) {
                flush();
            }
        }
        flush();
    }

    /** The texts behind the number columns follow the values: a number that is infinite, or missing although there is text, is bad. */
    private boolean usable(ResultSet rows, long row, Consumer<BadRow> report) throws SQLException {
        int raw = fields.size();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).kind().isNumeric()) {
                raw++;
                String text = rows.getString(raw);
                if (text != null && !Double.isFinite(numbers[i][filled])) {
                    report.accept(new BadRow(
                            row,
                            "column '" + fields.get(i).name() + "' must hold a "
                                    + fields.get(i).kind().described(),
                            text));
                    return false;
                }
            }
        }
        return true;
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
