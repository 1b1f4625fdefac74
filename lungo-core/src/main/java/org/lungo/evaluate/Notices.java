package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a reader must know to read the numbers right: undefined metrics, and classes that averages leave out. */
final class Notices {
    private static final int MANY = 5;

    private Notices() {}

    static List<String> of(Predictions predictions, Map<String, Double> values, Detail detail) {
        List<String> notices = new ArrayList<>();
        values.forEach((metric, value) -> {
            if (value.isNaN()) {
                notices.add(metric + " is undefined on these rows" + reason(metric, predictions, detail));
            }
        });
        @Nullable ClassTable table = detail.table();
        if (table != null && table.rows().size() > 2) {
            add(notices, names(table, false), "no rows here; left out of macro averages");
            add(notices, names(table, true), "never predicted; the precision counts as 0 in averages");
        }
        return List.copyOf(notices);
    }

    private static String reason(String metric, Predictions predictions, Detail detail) {
        @Nullable Confusion matrix = detail.confusion();
        if (matrix != null) {
            if (metric.equals("precision") && matrix.size() == 2 && matrix.decided(1) == 0) {
                return ": '" + predictions.classes().get(1) + "' was never predicted";
            }
            for (int c = 0; c < matrix.size(); c++) {
                if (matrix.support(c) == matrix.total()) {
                    return ": the targets are all '" + predictions.classes().get(c) + "'";
                }
            }
        }
        return switch (metric) {
            case "mape" -> ": a target is 0";
            case "msle" -> ": a number is -1 or below";
            case "r2", "r2_variance_weighted" -> ": the targets are all equal";
            default -> "";
        };
    }

    private static List<String> names(ClassTable table, boolean withRows) {
        return table.rows().stream()
                .filter(line -> withRows ? line.support() > 0 && Double.isNaN(line.precision()) : line.support() == 0)
                .map(ClassTable.Line::name)
                .toList();
    }

    private static void add(List<String> notices, List<String> classes, String what) {
        if (!classes.isEmpty()) {
            String shown = String.join("', '", classes.subList(0, Math.min(MANY, classes.size())));
            String more = classes.size() > MANY ? " and " + (classes.size() - MANY) + " more" : "";
            notices.add("'" + shown + "'" + more + ": " + what);
        }
    }
}
