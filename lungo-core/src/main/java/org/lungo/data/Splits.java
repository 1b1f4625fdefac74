package org.lungo.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
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

    /** Several columns as one, to deal rows by all of them: equal where all are equal. */
    public static Column together(List<Column> columns) {
        String[] joined = new String[columns.get(0).rows()];
        for (int row = 0; row < joined.length; row++) {
            int at = row;
            joined[row] = String.join(
                    "\u0001",
                    columns.stream().map(column -> Spelling.of(column.text(at))).toList());
        }
        return new TextColumn("", joined);
    }

    /**
     * Parts with the given shares of the rows, each in ascending order.
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
        int[] part = new int[rows];
        deal(type, rows, column, random, (row, place) -> part[row] = partOf(place.middle(), ratios));
        return rowsOf(part, ratios.length);
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
        int[] fold = new int[rows];
        deal(type, rows, column, random, (row, place) -> {
            if (type != Type.RANDOM && place.members < k) {
                throw new DataException(
                        "E308",
                        "every class or group set must have at least " + k + " members for " + k + " folds. Received: "
                                + place.members + "; use fewer folds");
            }
            fold[row] = type == Type.TIME
                    ? (int) ((long) place.member * k / place.members)
                    : (place.before + place.member) % k;
        });
        return rowsOf(fold, k);
    }

    /** The rows from 0 to {@code rows - 1} that are not in {@code held}. */
    public static int[] others(int rows, int[] held) {
        boolean[] taken = new boolean[rows];
        for (int row : held) {
            taken[row] = true;
        }
        return IntStream.range(0, rows).filter(row -> !taken[row]).toArray();
    }

    /**
     * Where a row stands among the rows, or a group among the groups, that are dealt out together.
     *
     * @param member from 0
     * @param before members dealt out before these
     * @param middle the place as a share of these rows, from 0 to 1
     */
    private record Place(int member, int members, int before, double middle) {
        static Place of(int member, int members, int before) {
            return new Place(member, members, before, (member + 0.5) / members);
        }
    }

    private interface Dealer {
        void deal(int row, Place place);
    }

    private static void deal(Type type, int rows, Column column, Random random, Dealer dealer) {
        int[] order = random.permutation(rows);
        if (type == Type.STRATIFIED || type == Type.GROUPED) {
            Keys keys = Keys.of(column, order);
            if (type == Type.GROUPED) {
                keys.dealGroups(order, dealer);
            } else {
                keys.dealClasses(order, dealer);
            }
            return;
        }
        int[] sequence = type == Type.TIME ? byTime(column, rows) : order;
        for (int i = 0; i < rows; i++) {
            dealer.deal(sequence[i], Place.of(i, rows, 0));
        }
    }

    /**
     * The class or group of each row, numbered as they are first met.
     *
     * @param of for each row its key
     * @param counts for each key its rows
     */
    private record Keys(int[] of, int[] counts) {
        static Keys of(Column column, int... order) {
            int[] of = new int[order.length];
            Map<String, Integer> numbers = new HashMap<>();
            for (int row : order) {
                of[row] = numbers.computeIfAbsent(Spelling.of(column.text(row)), key -> numbers.size());
            }
            int[] counts = new int[numbers.size()];
            for (int key : of) {
                counts[key]++;
            }
            return new Keys(of, counts);
        }

        /** Each class is dealt out by itself, row by row. */
        void dealClasses(int[] order, Dealer dealer) {
            int[] before = before();
            int[] met = new int[counts.length];
            for (int row : order) {
                int key = of[row];
                dealer.deal(row, Place.of(met[key]++, counts[key], before[key]));
            }
        }

        /** Whole groups are dealt; a group's place is the middle of its rows. */
        void dealGroups(int[] order, Dealer dealer) {
            int[] before = before();
            for (int row : order) {
                int key = of[row];
                double middle = (before[key] + counts[key] / 2.0) / order.length;
                dealer.deal(row, new Place(key, counts.length, 0, middle));
            }
        }

        private int[] before() {
            int[] before = new int[counts.length];
            for (int key = 1; key < before.length; key++) {
                before[key] = before[key - 1] + counts[key - 1];
            }
            return before;
        }
    }

    private static int[] byTime(Column column, int rows) {
        Integer[] byTime = IntStream.range(0, rows).boxed().toArray(Integer[]::new);
        Arrays.sort(
                byTime,
                column instanceof NumberColumn numbers
                        ? Comparator.comparingDouble(row -> numbers.values()[row])
                        : Comparator.comparing(column::text));
        return Arrays.stream(byTime).mapToInt(Integer::intValue).toArray();
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

    private static List<int[]> rowsOf(int[] part, int count) {
        List<int[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int wanted = i;
            rows.add(IntStream.range(0, part.length)
                    .filter(row -> part[row] == wanted)
                    .toArray());
        }
        return rows;
    }
}
