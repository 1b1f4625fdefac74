package org.lungo.deploy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lungo.data.BadRow;
import org.lungo.data.Column;
import org.lungo.data.DataException;
import org.lungo.data.NumberColumn;
import org.lungo.data.ReadOptions;
import org.lungo.data.Source;
import org.lungo.data.Suggestion;
import org.lungo.data.Table;
import org.lungo.data.TableReader;
import org.lungo.data.TableWriter;
import org.lungo.data.Task;
import org.lungo.data.TextColumn;
import org.lungo.preprocess.FittedTarget;
import org.lungo.preprocess.Label;

/** Predicts every row of a file, in constant memory; rows that cannot be used go to an error file beside the output. */
public final class BatchPrediction {
    private static final String ROW = "row";
    private static final int ROWS_AT_ONCE = 1 << 14;

    private BatchPrediction() {}

    /**
     * What was done.
     *
     * @param rows predicted
     * @param bad rows that could not be used
     * @param unknown category values that training never saw
     */
    public record Counts(long rows, long bad, long unknown) {}

    /** Where the rows that cannot be used are listed: {@code predictions.csv.errors.csv}. */
    public static Path errorFile(Path out) {
        return out.resolveSibling(out.getFileName() + ".errors.csv");
    }

    /**
     * Predicts the rows of {@code data} and writes the answers to {@code out}, each with its row's number, from 1; broken
     * lines of a text file are not counted.
     *
     * @throws DataException when the input lacks a column that the model needs
     */
    public static Counts run(Predictor predictor, String data, Path out) throws IOException {
        ReadOptions standard = ReadOptions.DEFAULTS;
        Source source = new Source(data, new ReadOptions(null, null, standard.encoding(), predictor.missing(), null));
        long[] counts = new long[4];
        Set<Long> skipped = new HashSet<>();
        Path errors = errorFile(out);
        Files.deleteIfExists(errors);
        try (TableReader reader = source.open();
                TableWriter writer = TableWriter.to(out, ROW)) {
            requireColumns(predictor, data, reader.names());
            List<BadRow> bad = new ArrayList<>();
            reader.readLenient(
                    predictor.features(),
                    ROWS_AT_ONCE,
                    chunk -> {
                        bad.forEach(row -> skipped.add(row.row()));
                        double[] rows = new double[chunk.rows()];
                        for (int i = 0; i < rows.length; i++) {
                            do {
                                counts[3]++;
                            } while (skipped.remove(counts[3]));
                            rows[i] = counts[3];
                        }
                        writer.write(answers(predictor, chunk, rows));
                        counts[0] += chunk.rows();
                        counts[2] += predictor.unknown(chunk);
                        counts[1] += flush(bad, errors);
                    },
                    bad::add);
            counts[1] += flush(bad, errors);
            writer.finish();
        }
        return new Counts(counts[0], counts[1], counts[2]);
    }

    private static void requireColumns(Predictor predictor, String data, List<String> present) {
        for (String name : predictor.features().names()) {
            if (!present.contains(name)) {
                throw new DataException(
                        "E309",
                        data + " must have the column '" + name + "'" + Suggestion.sentence(name, present)
                                + " Columns: " + String.join(", ", present));
            }
        }
    }

    private static Table answers(Predictor predictor, Table rows, double[] numbers) {
        List<Column> columns = new ArrayList<>(List.of(new NumberColumn(ROW, numbers)));
        double[][] scores = predictor.scores(rows);
        FittedTarget target = predictor.target();
        List<String> classes = target.classes();
        if (target.task() == Task.REGRESSION) {
            columns.add(new NumberColumn("prediction", column(scores, 0)));
            return Table.of(columns);
        }
        if (target.task() == Task.MULTILABEL) {
            for (int i = 0; i < classes.size(); i++) {
                Label label = target.labels().get(i);
                double[] probabilities = column(scores, i);
                columns.add(new TextColumn(
                        "prediction_" + label.column(),
                        Arrays.stream(probabilities)
                                .mapToObj(p -> label.word(target.has(p)))
                                .toArray(String[]::new)));
                columns.add(new NumberColumn("probability_" + label.column(), probabilities));
            }
            return Table.of(columns);
        }
        columns.add(new TextColumn(
                "prediction",
                Arrays.stream(scores)
                        .map(row -> classes.get(target.decide(row)))
                        .toArray(String[]::new)));
        for (int i = 0; i < classes.size(); i++) {
            columns.add(new NumberColumn("probability_" + classes.get(i), column(scores, i)));
        }
        return Table.of(columns);
    }

    private static double[] column(double[][] scores, int index) {
        double[] values = new double[scores.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = scores[row][index];
        }
        return values;
    }

    private static long flush(List<BadRow> bad, Path errors) {
        if (bad.isEmpty()) {
            return 0;
        }
        boolean first = !Files.exists(errors);
        try (BufferedWriter writer = Files.newBufferedWriter(
                errors, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
            if (first) {
                writer.write("row,reason,text\n");
            }
            for (BadRow row : bad) {
                writer.write(row.row() + "," + quoted(row.reason()) + "," + quoted(row.text()) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + errors + ": " + e.getMessage(), e);
        }
        long count = bad.size();
        bad.clear();
        return count;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
