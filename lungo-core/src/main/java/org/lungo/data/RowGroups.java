package org.lungo.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows grouped by what a column holds.
 *
 * @param of the group of each row, from 0
 * @param count the number of groups
 */
record RowGroups(int[] of, int count) {
    /** The groups of equal values; missing ones are one; null when there would be more than {@code max}. */
    static @Nullable RowGroups byValue(Column column, int max) {
        return column instanceof NumberColumn numbers ? byNumber(numbers, max) : byText((TextColumn) column, max);
    }

    /** Two groups: the missing values and the others; one group where nothing or everything is missing. */
    static RowGroups byMissing(Column column) {
        int[] of = new int[column.rows()];
        int missing = 0;
        for (int row = 0; row < of.length; row++) {
            of[row] = column.missing(row) ? 1 : 0;
            missing += of[row];
        }
        return new RowGroups(of, missing == 0 || missing == of.length ? 1 : 2);
    }

    private static @Nullable RowGroups byText(TextColumn column, int max) {
        Map<String, Integer> groups = new HashMap<>();
        int[] of = new int[column.rows()];
        for (int row = 0; row < of.length; row++) {
            of[row] = groups.computeIfAbsent(column.text(row), text -> groups.size());
            if (groups.size() > max) {
                return null;
            }
        }
        return new RowGroups(of, groups.size());
    }

    /** By a hash table with open places, twice as many as there may be groups. */
    private static @Nullable RowGroups byNumber(NumberColumn column, int max) {
        int places = Integer.highestOneBit(Math.max(1, max)) << 2;
        long[] values = new long[places];
        int[] groups = new int[places];
        Arrays.fill(groups, -1);
        int[] of = new int[column.rows()];
        int count = 0;
        for (int row = 0; row < of.length; row++) {
            long value = Double.doubleToLongBits(column.values()[row] + 0.0); // one zero
            int at = (int) Column.mix(0, value) & places - 1;
            while (groups[at] >= 0 && values[at] != value) {
                at = at + 1 & places - 1;
            }
            if (groups[at] < 0) {
                if (count == max) {
                    return null;
                }
                values[at] = value;
                groups[at] = count++;
            }
            of[row] = groups[at];
        }
        return new RowGroups(of, count);
    }

    /** The rows, group by group; the first of each group stands where {@code starts} says. */
    int[] ordered(int... starts) {
        int[] next = starts.clone();
        int[] rows = new int[of.length];
        for (int row = 0; row < of.length; row++) {
            rows[next[of[row]]++] = row;
        }
        return rows;
    }

    /** Where the rows of each group start in {@link #ordered}, and where those of the last end. */
    int[] starts() {
        int[] starts = new int[count + 1];
        for (int group : of) {
            starts[group + 1]++;
        }
        for (int group = 0; group < count; group++) {
            starts[group + 1] += starts[group];
        }
        return starts;
    }
}
