package org.lungo.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.RowParser;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.preprocess.Encoded;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.TablePreprocessor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds that one served row costs before the model: 14 columns, one of them with 5,000 values. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class EncodingBenchmark {
    private static final int ROWS = 5000;

    private final Schema schema = schema();
    private final RowParser parser = new RowParser(schema, List.of(""));
    private final FittedTable fitted = TablePreprocessor.DEFAULTS.fit(parser.parse(rows(schema)), schema);
    private final List<Map<String, Object>> row = rows(schema).subList(1234, 1235);
    private final Table table = parser.parse(row);

    @Benchmark
    public Table parse() {
        return parser.parse(row);
    }

    @Benchmark
    public Encoded encode() {
        return fitted.encode(table);
    }

    @Benchmark
    public long unknown() {
        return fitted.unknown(table);
    }

    private static Schema schema() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("day", Kind.DATE, "%d.%m.%Y"));
        fields.add(new Field("price", Kind.NUMBER, ","));
        fields.add(new Field("city", Kind.CATEGORY));
        for (int i = 0; i < 5; i++) {
            fields.add(new Field("number " + i, Kind.NUMBER));
        }
        for (int i = 0; i < 6; i++) {
            fields.add(new Field("category " + i, Kind.CATEGORY));
        }
        return new Schema(fields);
    }

    private static List<Map<String, Object>> rows(Schema schema) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new HashMap<>();
            for (int column = 3; column < schema.fields().size(); column++) {
                Field field = schema.fields().get(column);
                boolean category = field.kind() == Kind.CATEGORY; // of 4 to 9 values
                row.put(field.name(), category ? "value " + i % (column - 4) : (Object) (i * 0.37));
            }
            row.put("day", 1 + i % 28 + ".06.2024");
            row.put("price", "1.234," + i);
            row.put("city", "city " + i);
            rows.add(row);
        }
        return rows;
    }
}
