package org.lungo.family.tables.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lungo.data.Column;
import org.lungo.data.DataReport;
import org.lungo.data.Finding;
import org.lungo.data.Rows;
import org.lungo.data.Splits;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.evaluate.Count;
import org.lungo.tensor.Random;

/**
 * The rows that are trained on, that say when to stop, and that are only tested on.
 *
 * @param testRows how many rows the test could have had
 */
record Parts(Rows train, Rows validation, Table test, int testRows) {
    static Parts of(TableConfig config, Prepared data) {
        Rows rows = data.rows();
        List<Double> ratios = config.data().split().ratios();
        Splits.Type type = type(config, data.task());
        Random random = config.splitting().stream("split");
        Column by = dealtBy(config, rows);
        int tested = config.evaluate().rows();
        Rows test = data.test();
        if (test != null) {
            double held = ratios.get(1) / (ratios.get(0) + ratios.get(1));
            List<int[]> parts = Splits.parts(type, rows.rows(), by, random, 1 - held, held);
            return new Parts(
                    rows.select(parts.get(0)),
                    rows.select(parts.get(1)),
                    test.sample(tested, random.stream("test")),
                    test.rows());
        }
        if (ratios.get(2) == 0) {
            throw new IllegalArgumentException(
                    "without data.test the third share of data.split.ratios must be above 0. Received: " + ratios);
        }
        List<int[]> parts = Splits.parts(type, rows.rows(), by, random, ratios.get(0), ratios.get(1), ratios.get(2));
        for (int[] part : parts) {
            if (part.length == 0) {
                throw new org.lungo.data.DataException(
                        "E308",
                        "training, validation and test need rows. Received: " + Count.of(rows.rows(), "row")
                                + " for the shares " + ratios + "; get more rows or change data.split.ratios");
            }
        }
        return new Parts(
                rows.select(parts.get(0)),
                rows.select(parts.get(1)),
                rows.select(parts.get(2)).sample(tested, random.stream("test")),
                parts.get(2).length);
    }

    /** Rows that occur twice, and what was learned or tested on a part of the rows only. */
    List<Finding> findings(TableConfig config) {
        List<Finding> findings = new ArrayList<>(DataReport.duplicates(train, test));
        if (test.rows() < testRows) {
            findings.add(sampled("the test uses", test.rows(), testRows, "rows", "evaluate.rows"));
        }
        int learned = config.preprocess().rows();
        if (learned < train.rows()) {
            findings.add(sampled(
                    "scales and categories are learned from",
                    learned,
                    train.rows(),
                    "training rows",
                    "preprocess.rows"));
        }
        return findings;
    }

    private static Finding sampled(String what, int some, int all, String rows, String key) {
        String message = String.format(
                Locale.ROOT, "%s %,d of %,d %s, drawn by chance; %s changes that", what, some, all, rows, key);
        return new Finding(Finding.Kind.SAMPLED, "", message);
    }

    static Splits.Type type(TableConfig config, Task task) {
        Splits.Type type = config.data().split().type();
        return type != null ? type : usual(task);
    }

    /** How rows are dealt unless the config says it. */
    static Splits.Type usual(Task task) {
        return TaskCheck.oneClass(task) ? Splits.Type.STRATIFIED : Splits.Type.RANDOM;
    }

    static Column dealtBy(TableConfig config, Rows rows) {
        String column = config.data().split().column();
        List<String> names = column == null ? config.target().names() : List.of(column);
        return names.size() == 1
                ? rows.column(names.get(0))
                : Splits.together(names.stream().map(rows::column).toList());
    }
}
