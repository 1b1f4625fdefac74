package org.lungo.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a source that is larger than memory: copied once into a DuckDB file, column by column and with the types of a
 * schema, and read from there, {@value #CHUNK} rows at a time, as often as they are needed.
 */
public final class StagedRows implements Rows {
    private static final int CHUNK = 1 << 16;

    /** Texts of one column are shared between rows as long as there are no more different ones than this. */
    private static final int SHARED_TEXTS = 1 << 16;

    private final Path file;
    private final Schema schema;
    private final int total;
    private final int @Nullable [] selected;

    private StagedRows(Path file, Schema schema, int total, int @Nullable [] selected) {
        this.file = file;
        this.schema = schema;
        this.total = total;
        this.selected = selected;
    }

    /**
     * All rows of {@code reader}, copied into {@code file}, which must not be there yet and stays until it is deleted.
     *
     * @throws DataException when a number or date column holds something else
     */
    public static StagedRows of(TableReader reader, Schema schema, Path file) {
        reader.check(schema);
        long rows = reader.stage(schema, file);
        if (rows > Integer.MAX_VALUE - 8) {
            throw new DataException(
                    "E308",
                    "a table must have at most 2,147,483,639 rows. Received: " + rows + "; sample or divide it");
        }
        return new StagedRows(file, schema, (int) rows, null);
    }

    @Override
    public int rows() {
        return selected == null ? total : selected.length;
    }

    @Override
    public StagedRows select(int[] rows) {
        int[] from = selected;
        return new StagedRows(
                file,
                schema,
                total,
                from == null ? rows : IntStream.of(rows).map(row -> from[row]).toArray());
    }

    @Override
    public Column column(String name) {
        List<Field> fields = schema.fields().stream()
                .filter(field -> field.name().equals(name) && field.kind() != Kind.IGNORE)
                .toList();
        if (fields.isEmpty()) {
            throw new IllegalArgumentException(
                    "no column '" + name + "'. Columns: " + String.join(", ", schema.names()));
        }
        return fields.get(0).kind().isNumeric() ? numbers(fields) : texts(fields);
    }

    private NumberColumn numbers(List<Field> field) {
        double[] values = new double[rows()];
        int[] at = new int[1];
        read(new Schema(field), chunk -> {
            double[] part = ((NumberColumn) chunk.columns().get(0)).values();
            System.arraycopy(part, 0, values, at[0], part.length);
            at[0] += part.length;
        });
        return new NumberColumn(field.get(0).name(), values);
    }

    private TextColumn texts(List<Field> field) {
        @Nullable String[] values = new String[rows()];
        Map<String, String> known = new HashMap<>();
        int[] at = new int[1];
        read(new Schema(field), chunk -> {
            for (@Nullable String text : ((TextColumn) chunk.columns().get(0)).values()) {
                @Nullable String shared = text == null ? null : known.get(text);
                if (text != null && shared == null && known.size() < SHARED_TEXTS) {
                    known.put(text, text);
                }
                values[at[0]++] = shared == null ? text : shared;
            }
        });
        return new TextColumn(field.get(0).name(), values);
    }

    @Override
    public void forEachChunk(Consumer<Table> chunks) {
        read(schema, chunks);
    }

    @Override
    public Table load() {
        List<Table> chunks = new ArrayList<>();
        read(schema, chunks::add);
        return Table.concat(chunks);
    }

    private void read(Schema wanted, Consumer<Table> chunks) {
        TableReader.readStaged(file, wanted, CHUNK, new Picker(selected, chunks));
    }

    /** Passes on the wanted rows of each chunk. */
    private static final class Picker implements Consumer<Table> {
        private final int @Nullable [] wanted;
        private final Consumer<Table> chunks;
        private int next;
        private long seen;

        Picker(int @Nullable [] wanted, Consumer<Table> chunks) {
            this.wanted = wanted;
            this.chunks = chunks;
        }

        @Override
        public void accept(Table chunk) {
            long end = seen + chunk.rows();
            if (wanted == null) {
                chunks.accept(chunk);
            } else {
                int first = next;
                while (next < wanted.length && wanted[next] < end) {
                    next++;
                }
                if (next > first) {
                    long start = seen;
                    chunks.accept(chunk.select(IntStream.range(first, next)
                            .map(i -> (int) (wanted[i] - start))
                            .toArray()));
                }
            }
            seen = end;
        }
    }
}
