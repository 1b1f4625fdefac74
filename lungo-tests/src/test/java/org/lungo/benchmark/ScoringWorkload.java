package org.lungo.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.lungo.data.Column;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.NumberColumn;
import org.lungo.data.ReadOptions;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.data.TextColumn;
import org.lungo.family.tables.TableBundle;
import org.lungo.model.Mlp;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;
import org.lungo.preprocess.TablePreprocessor;
import org.lungo.tensor.Random;

/** What is scored: rows of six numbers and eight categories, as in "adult", by a network that was not trained. */
final class ScoringWorkload {
    private static final int NUMBERS = 6;
    private static final List<Integer> CATEGORIES = List.of(2, 5, 6, 7, 9, 15, 16, 42);

    private ScoringWorkload() {}

    /** A model with the default settings but for its members; its tensors live in the scope that is open now. */
    static TableBundle bundle(int members) {
        Table train = table(5000);
        List<Field> fields = new ArrayList<>();
        for (Column column : train.columns()) {
            fields.add(new Field(column.name(), column instanceof NumberColumn ? Kind.NUMBER : Kind.CATEGORY));
        }
        FittedTable table = TablePreprocessor.DEFAULTS.fit(train, new Schema(fields));
        FittedTarget target = FittedTarget.fit(train.column("category 2"), Task.BINARY);
        Mlp.Config usual = Mlp.Config.DEFAULTS;
        Mlp.Config config = new Mlp.Config(
                usual.hidden(),
                usual.activation(),
                usual.dropout(),
                usual.normalization(),
                usual.residual(),
                usual.embedding(),
                members);
        Mlp model = config.build(TableBundle.inputs(table, target), Random.of(1));
        return new TableBundle(config, table, target, new ReadOptions(null, null, "utf-8", List.of(""), null), model);
    }

    static Table table(int rows) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < NUMBERS; i++) {
            columns.add(
                    new NumberColumn("number " + i, random.doubles(rows, 0, 100).toArray()));
        }
        for (int size : CATEGORIES) {
            columns.add(new TextColumn(
                    "category " + size,
                    random.ints(rows, 0, size)
                            .mapToObj(value -> "value " + value)
                            .toArray(String[]::new)));
        }
        return Table.of(columns);
    }
}
