package org.lungo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for columns that contain the target. A column is suspected when the target can be predicted from its values, or from
 * whether it has one, almost without error; two numbers when the target is almost exactly a sum of their multiples. All
 * measures count what is explained beyond the best constant answer, so that a rare class raises no suspicion.
 */
final class Leakage {
    /** A column that explains more of the target than this is suspected to contain it. */
    private static final double LEAK = 0.98;

    /** Groups of fewer rows on average explain too much by chance. */
    private static final int ROWS_PER_GROUP = 5;

    private final Column target;
    private final double[] answers;
    private final int[] classes;
    private final int classCount;

    private Leakage(Column target) {
        this.target = target;
        this.classes = target instanceof NumberColumn ? new int[0] : classes(target);
        this.classCount = Arrays.stream(classes).max().orElse(0) + 1;
        this.answers = LeakingPairs.standard(
                target instanceof NumberColumn numbers
                        ? numbers.values()
                        : Arrays.stream(classes).asDoubleStream().toArray());
    }

    /** The names of the suspected columns in alphabetical order. */
    static Set<String> suspects(Table table, String target) {
        Leakage leakage = new Leakage(table.column(target));
        List<Column> columns = table.columns().stream()
                .filter(column -> !column.name().equals(target))
                .toList();
        List<Look> looks = columns.parallelStream().map(leakage::look).toList();
        Set<String> suspects = new TreeSet<>();
        List<LeakingPairs.Standardised> others = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            LeakingPairs.Standardised numbers = looks.get(i).numbers();
            if (looks.get(i).suspected()) {
                suspects.add(columns.get(i).name());
            } else if (numbers != null) {
                others.add(numbers);
            }
        }
        suspects.addAll(new LeakingPairs(leakage.answers).among(others));
        return suspects;
    }

    /** What was found in a column; {@code numbers} where it holds some and is not suspected. */
    private record Look(boolean suspected, LeakingPairs.@Nullable Standardised numbers) {}

    private Look look(Column column) {
        if (contains(column)) {
            return new Look(true, null);
        }
        if (!(column instanceof NumberColumn numbers)) {
            return new Look(false, null);
        }
        var standardised = LeakingPairs.Standardised.of(column.name(), numbers.values(), answers);
        return Math.abs(standardised.correlation()) > LEAK ? new Look(true, null) : new Look(false, standardised);
    }

    private boolean contains(Column column) {
        RowGroups values = RowGroups.byValue(column, target.rows() / ROWS_PER_GROUP);
        return values != null && explained(values) > LEAK || explained(RowGroups.byMissing(column)) > LEAK;
    }

    /** The share of the target that groups of rows explain; 0 where groups are too small to say. */
    private double explained(RowGroups groups) {
        if (groups.count() < 2 || groups.count() > target.rows() / ROWS_PER_GROUP) {
            return 0;
        }
        return target instanceof NumberColumn ? variance(groups) : hits(groups);
    }

    /** Of the rows that the most frequent class misses, the share that the most frequent class of each group hits. */
    private double hits(RowGroups groups) {
        int[] starts = groups.starts();
        int[] rows = groups.ordered(starts);
        int[] all = new int[classCount];
        int[] own = new int[classCount];
        int hits = 0;
        for (int group = 0; group < groups.count(); group++) {
            int most = 0;
            for (int i = starts[group]; i < starts[group + 1]; i++) {
                all[classes[rows[i]]]++;
                most = Math.max(most, ++own[classes[rows[i]]]);
            }
            hits += most;
            for (int i = starts[group]; i < starts[group + 1]; i++) {
                own[classes[rows[i]]] = 0;
            }
        }
        int constant = Arrays.stream(all).max().orElse(0);
        return constant == target.rows() ? 0 : (hits - constant) / (double) (target.rows() - constant);
    }

    /** The share of the target's variance that lies between the groups' means. */
    private double variance(RowGroups groups) {
        double[] sums = new double[groups.count()];
        int[] counts = new int[groups.count()];
        for (int row = 0; row < answers.length; row++) {
            sums[groups.of()[row]] += answers[row];
            counts[groups.of()[row]]++;
        }
        double between = 0;
        for (int group = 0; group < sums.length; group++) {
            between += sums[group] * sums[group] / counts[group];
        }
        return between / answers.length;
    }

    /** The place of each row's class in the order of names. */
    private static int[] classes(Column target) {
        Map<String, Integer> places = new HashMap<>();
        Set<String> names = new TreeSet<>();
        for (int row = 0; row < target.rows(); row++) {
            names.add(target.text(row));
        }
        names.forEach(name -> places.put(name, places.size()));
        int[] classes = new int[target.rows()];
        Arrays.setAll(classes, row -> places.getOrDefault(target.text(row), 0));
        return classes;
    }
}
