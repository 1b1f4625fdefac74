package org.lungo.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lungo.tensor.Random;

/**
 * Deals rows into parts. Every row gets a key (its class, its group, its time), and rows are dealt so that each part has
 * its share of every key, or whole groups, or a stretch of time.
 */
public final class Splits {
    private Splits() {}

    /** How rows are dealt. */
    public enum Type {
        /** By chance. */
        @JsonProperty("random")
        RANDOM,
        /** By chance, each part with its share of every value of the column. */
        @JsonProperty("stratified")
        STRATIFIED,
        /** By chance, rows with the same value of the column together. */
        @JsonProperty("grouped")
        GROUPED,
        /** By the column's order: the last part is the latest. */
        @JsonProperty("time")
        TIME
    }

    /**
     * Parts with the given shares of the rows.
     *
     * @param rows the number of rows
     * @param column classes, groups or times; ignored for RANDOM
     * @param ratios the parts' shares; they must sum to 1
     */
    public static List<int[]> parts(Type type, int rows, Column column, Random random, double... ratios) {
        if (Math.abs(Arrays.stream(ratios).sum() - 1) > 1e-9
                || Arrays.stream(ratios).anyMatch(r -> r < 0)) {
            throw new IllegalArgumentException(
                    "the shares of a split must be 0 or more and sum to 1. Received: " + Arrays.toString(ratios));
        }
        List<List<Integer>> parts = empty(ratios.length);
        for (List<int[]> unit : units(type, rows, column, random)) {
            int total = unit.stream().mapToInt(block -> block.length).sum();
            int dealt = 0;
            for (int[] block : unit) {
                add(parts.get(partOf((dealt + block.length / 2.0) / total, ratios)), block);
                dealt += block.length;
            }
        }
        return arrays(parts);
    }

    /**
     * {@code k} folds of nearly equal size; fold {@code i} is the held-out part of the {@code i}th round.
     *
     * @throws DataException when there are fewer rows, or rows of a class, or groups, than folds
     */
    public static List<int[]> folds(Type type, int k, int rows, Column column, Random random) {
        if (k < 2 || k > rows) {
            throw new DataException(
                    "E308", "folds must be from 2 to the number of rows (" + rows + "). Received: " + k);
        }
        List<List<Integer>> folds = empty(k);
        int next = 0;
        for (List<int[]> unit : units(type, rows, column, random)) {
            if (type != Type.RANDOM && unit.size() < k) {
                throw new DataException(
                        "E308",
                        "every class or group set must have at least " + k + " members for " + k + " folds. Received: "
                                + unit.size() + "; use fewer folds");
            }
            for (int i = 0; i < unit.size(); i++) {
                int fold = type == Type.TIME ? (int) ((long) i * k / unit.size()) : next++ % k;
                add(folds.get(fold), unit.get(i));
            }
        }
        return arrays(folds);
    }

    /** The rows from 0 to {@code rows - 1} that are not in {@code held}. */
    public static int[] others(int rows, int[] held) {
        boolean[] taken = new boolean[rows];
        for (int row : held) {
            taken[row] = true;
        }
        return IntStream.range(0, rows).filter(row -> !taken[row]).toArray();
    }

    /** Lists of blocks that stay together; each list is dealt out over all parts. */
    private static List<List<int[]>> units(Type type, int rows, Column column, Random random) {
        int[] order = random.permutation(rows);
        List<List<int[]>> units = new ArrayList<>();
        if (type == Type.TIME) {
            Integer[] byTime = IntStream.range(0, rows).boxed().toArray(Integer[]::new);
            Arrays.sort(byTime, order(column));
            units.add(Arrays.stream(byTime).map(row -> new int[] {row}).toList());
        } else if (type == Type.RANDOM) {
            units.add(Arrays.stream(order).mapToObj(row -> new int[] {row}).toList());
        } else {
            Map<String, List<Integer>> byKey = new LinkedHashMap<>();
            for (int row : order) {
                byKey.computeIfAbsent(column.text(row), key -> new ArrayList<>())
                        .add(row);
            }
            if (type == Type.GROUPED) {
                units.add(byKey.values().stream().map(Splits::array).toList());
            } else {
                byKey.values()
                        .forEach(list -> units.add(
                                list.stream().map(row -> new int[] {row}).toList()));
            }
        }
        return units;
    }

    private static Comparator<Integer> order(Column column) {
        return column instanceof NumberColumn numbers
                ? Comparator.comparingDouble(row -> numbers.values()[row])
                : Comparator.comparing(column::text);
    }

    private static int partOf(double position, double... ratios) {
        double end = 0;
        for (int part = 0; part < ratios.length; part++) {
            end += ratios[part];
            if (position < end && ratios[part] > 0) {
                return part;
            }
        }
        int last = ratios.length - 1;
        while (ratios[last] == 0) {
            last--;
        }
        return last;
    }

    private static List<List<Integer>> empty(int count) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    private static void add(List<Integer> part, int[] rows) {
        for (int row : rows) {
            part.add(row);
        }
    }

    private static List<int[]> arrays(List<List<Integer>> parts) {
        return parts.stream()
                .map(part -> part.stream().mapToInt(Integer::intValue).sorted().toArray())
                .toList();
    }

    private static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
