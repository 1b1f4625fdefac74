package org.lungo.experiment;

import java.util.List;
import org.lungo.data.Column;
import org.lungo.data.Splits;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.tensor.Random;

/** The rows that are trained on, that say when to stop, and that are only tested on. */
record Parts(Table train, Table validation, Table test) {
    static Parts of(ExperimentConfig config, Prepared data) {
        Table table = data.table();
        List<Double> ratios = config.data().split().ratios();
        Splits.Type type = type(config, data.task());
        Random random = Random.of(config.seed()).stream("split");
        Column by = dealtBy(config, table);
        Table test = data.test();
        if (test != null) {
            double held = ratios.get(1) / (ratios.get(0) + ratios.get(1));
            List<int[]> parts = Splits.parts(type, table.rows(), by, random, 1 - held, held);
            return new Parts(table.select(parts.get(0)), table.select(parts.get(1)), test);
        }
        if (ratios.get(2) == 0) {
            throw new IllegalArgumentException(
                    "without data.test the third share of data.split.ratios must be above 0. Received: " + ratios);
        }
        List<int[]> parts = Splits.parts(type, table.rows(), by, random, ratios.get(0), ratios.get(1), ratios.get(2));
        for (int[] part : parts) {
            if (part.length == 0) {
                throw new org.lungo.data.DataException(
                        "E308",
                        "training, validation and test need rows. Received: " + table.rows() + " rows for the shares "
                                + ratios + "; get more rows or change data.split.ratios");
            }
        }
        return new Parts(table.select(parts.get(0)), table.select(parts.get(1)), table.select(parts.get(2)));
    }

    static Splits.Type type(ExperimentConfig config, Task task) {
        Splits.Type type = config.data().split().type();
        return type != null ? type : task == Task.REGRESSION ? Splits.Type.RANDOM : Splits.Type.STRATIFIED;
    }

    static Column dealtBy(ExperimentConfig config, Table table) {
        String column = config.data().split().column();
        return table.column(column == null ? config.target().column() : column);
    }
}
