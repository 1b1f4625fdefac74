package org.lungo.family.tables.training;

import java.util.ArrayList;
import java.util.List;
import org.lungo.data.ColumnListing;
import org.lungo.data.Source;
import org.lungo.data.TableReader;
import org.lungo.experiment.Order;
import org.lungo.experiment.ShellLine;

/** What is asked of a person who named a table and no target. */
final class TargetQuestion {
    private TargetQuestion() {}

    /**
     * The columns of the table, and the command with the one that is probably meant.
     *
     * @throws org.lungo.data.DataException when the table cannot be read
     */
    static String of(Order order, Source source) {
        ColumnListing columns;
        try (TableReader reader = source.open()) {
            columns = new ColumnListing(reader.profile());
        }
        List<String> words = new ArrayList<>(List.of("train", order.input()));
        order.flags().forEach((flag, given) -> given.values().forEach(value -> words.addAll(List.of(flag, value))));
        order.settings().forEach(setting -> words.addAll(List.of("--set", setting.text())));
        words.addAll(List.of("--target", columns.likelyTarget()));
        return Source.withoutSecrets("no target: say which column to predict with --target COL. "
                + source.location() + " has the columns\n" + columns.toText() + "\nfor example:\n  "
                + ShellLine.lungo(words.toArray(String[]::new)));
    }
}
