package org.lungo.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks again at the few columns that one pass found to be peculiar: dates and numbers in other
 * forms, numbers with too many digits, and outliers. */
final class CloserLook {
    private static final int READ = 1000;

    /** The number of values that are sorted at a time: 8 bytes each, which DuckDB must have in memory. */
    private static final long SORTED = 1 << 24;

    private final ReadyRows rows;
    private final ReadOptions options;

    CloserLook(ReadyRows rows, ReadOptions options) {
        this.rows = rows;
        this.options = options;
    }

    /** The profile with what was found, and {@code findings}. */
    Profile at(Profile first, List<Finding> findings) throws SQLException {
        Map<String, String> fitting = new LinkedHashMap<>();
        Map<String, List<String>> decimals =
                new DecimalLook(rows.looks(), options.decimal()).at(first.columns(), fitting);
        Set<String> nested = findings.stream()
                .filter(f -> f.kind() == Finding.Kind.NESTED)
                .map(Finding::column)
                .collect(Collectors.toSet());
        Map<String, ColumnProfile> again = again(fitting, nested);
        List<ColumnProfile> words = first.columns().stream()
                .filter(c -> c.isWords() && !nested.contains(c.name()) && !fitting.containsKey(c.name()))
                .toList();
        Map<String, List<String>> dates = new LinkedHashMap<>();
        Set<String> dated = new DateLook(rows.looks(), options.dateFormat()).at(words, dates);
        Set<String> categories = categories(words, dated);
        List<ColumnProfile> columns = first.columns().stream()
                .map(column -> nested.contains(column.name())
                        ? column.as(Kind.TEXT)
                        : dated.contains(column.name())
                                ? column.as(Kind.DATE)
                                : categories.contains(column.name())
                                        ? column.as(Kind.CATEGORY)
                                        : again.getOrDefault(column.name(), column))
                .toList();
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(rounded(columns));
        return new Profile(first.rows(), columns, dates, decimals, outliers(columns, fitting, first.rows()), all);
    }

    /** Of the columns that may be texts those that are not. */
    private Set<String> categories(List<ColumnProfile> words, Set<String> dated) throws SQLException {
        List<String> candidates = words.stream()
                .filter(column -> column.kind() == Kind.TEXT && !dated.contains(column.name()))
                .map(ColumnProfile::name)
                .toList();
        Set<String> categories = new HashSet<>();
        Map<String, List<String>> values = rows.first(candidates, READ);
        values.forEach((name, texts) -> {
            if (!Sentences.are(texts)) {
                categories.add(name);
            }
        });
        return categories;
    }

    /** The columns as numbers with a decimal separator. */
    private Map<String, ColumnProfile> again(Map<String, String> fitting, Set<String> nested) throws SQLException {
        Map<String, ColumnProfile> again = new LinkedHashMap<>();
        for (String decimal : new LinkedHashSet<>(fitting.values())) {
            List<String> columns = fitting.keySet().stream()
                    .filter(name -> decimal.equals(fitting.get(name)) && !nested.contains(name))
                    .toList();
            rows.looks()
                    .ask(columns, ProfileRow.question(decimal), ProfileRow.WIDTH, ProfileRow::read)
                    .forEach(column -> again.put(column.name(), column));
        }
        return again;
    }

    /** Whole numbers that a double cannot hold exactly. */
    private List<Finding> rounded(List<ColumnProfile> columns) throws SQLException {
        List<String> large = columns.stream()
                .filter(c -> c.kind() == Kind.NUMBER
                        && Math.max(c.range().max(), -c.range().min()) >= NumberColumn.EXACT)
                .map(ColumnProfile::name)
                .toList();
        Looks.Condition inexact = text -> "regexp_full_match(" + text
                + ", '[+-]?[0-9]{16,38}') AND TRY_CAST(" + text + " AS HUGEINT) <> TRY_CAST(" + Sql.number(text)
                + " AS HUGEINT)";
        List<List<Long>> counts = rows.looks().counts(large, List.of(inexact), Long.MAX_VALUE);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < large.size(); i++) {
            long count = counts.get(i).get(0);
            if (count > 0) {
                String name = large.get(i);
                findings.add(new Finding(
                        Finding.Kind.PRECISION,
                        name,
                        String.format(
                                Locale.ROOT,
                                "'%s' holds %,d whole number%s of more digits than a number keeps (16); different ones may"
                                        + " become the same. If they are names, declare it with features.%s: category",
                                name,
                                count,
                                count == 1 ? "" : "s",
                                name)));
            }
        }
        return findings;
    }

    private Map<String, Outliers> outliers(List<ColumnProfile> columns, Map<String, String> decimals, long count)
            throws SQLException {
        Map<String, Outliers> found = new LinkedHashMap<>();
        List<ColumnProfile> possible =
                columns.stream().filter(Outliers::possible).toList();
        List<ColumnProfile> plain = possible.stream()
                .filter(column -> !decimals.containsKey(column.name()) && rows.plain(column.name()) != null)
                .toList();
        List<Outliers> inHeap = plain.parallelStream()
                .map(column -> Outliers.in(Objects.requireNonNull(rows.plain(column.name())), column))
                .toList();
        for (int i = 0; i < plain.size(); i++) {
            keep(inHeap.get(i), plain.get(i), found);
        }
        Map<@Nullable String, List<ColumnProfile>> asked = new LinkedHashMap<>();
        for (ColumnProfile column : possible) {
            String decimal = decimals.get(column.name());
            if (decimal != null || rows.plain(column.name()) == null) {
                asked.computeIfAbsent(decimal, d -> new ArrayList<>()).add(column);
            }
        }
        int columnsAtOnce = (int) Math.max(1, SORTED / Math.min(Math.max(1, count), Outliers.LOOKED_AT));
        for (Map.Entry<@Nullable String, List<ColumnProfile>> entry : asked.entrySet()) {
            List<ColumnProfile> all = entry.getValue();
            for (int from = 0; from < all.size(); from += columnsAtOnce) {
                ask(all.subList(from, Math.min(all.size(), from + columnsAtOnce)), entry.getKey(), count, found);
            }
        }
        return found;
    }

    private void ask(List<ColumnProfile> columns, @Nullable String decimal, long count, Map<String, Outliers> found)
            throws SQLException {
        List<String> names = columns.stream().map(ColumnProfile::name).toList();
        List<Outliers> farthest = farthest(columns, decimal, count);
        List<Integer> far = IntStream.range(0, names.size())
                .filter(i -> farthest.get(i).any())
                .boxed()
                .toList();
        List<Long> counts = rows.looks()
                .ask(
                        far.stream().map(names::get).toList(),
                        far.stream()
                                .map(i -> List.of(
                                        farthest.get(i).low() + "::DOUBLE",
                                        farthest.get(i).high() + "::DOUBLE"))
                                .toList(),
                        (text, number, own) -> {
                            String x = decimal == null ? number : Sql.number(text, decimal);
                            return "count(*) FILTER (WHERE " + x + " < " + own.get(0) + " OR " + x + " > " + own.get(1)
                                    + ")";
                        },
                        1,
                        Long.MAX_VALUE,
                        (name, row, at) -> row.getLong(at));
        for (int i = 0; i < counts.size(); i++) {
            keep(farthest.get(far.get(i)).counted(counts.get(i)), columns.get(far.get(i)), found);
        }
    }

    private List<Outliers> farthest(List<ColumnProfile> columns, @Nullable String decimal, long count)
            throws SQLException {
        Map<String, ColumnProfile> byName =
                columns.stream().collect(Collectors.toMap(ColumnProfile::name, Function.identity()));
        List<String> names = columns.stream().map(ColumnProfile::name).toList();
        return rows.looks()
                .ask(
                        names,
                        names.stream().map(name -> List.<String>of()).toList(),
                        (text, number, own) -> {
                            String x = decimal == null ? number : Sql.number(text, decimal);
                            return "quantile_cont(" + x + ", 0.25), quantile_cont(" + x + ", 0.75)";
                        },
                        2,
                        count <= Outliers.LOOKED_AT ? Long.MAX_VALUE : Outliers.LOOKED_AT,
                        (name, row, at) -> Outliers.farthest(
                                Objects.requireNonNull(byName.get(name)), row.getDouble(at), row.getDouble(at + 1)));
    }

    private static void keep(Outliers outliers, ColumnProfile column, Map<String, Outliers> found) {
        if (outliers.any() && outliers.few(column.present())) {
            found.put(column.name(), outliers);
        }
    }
}
