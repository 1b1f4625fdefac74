package org.lungo.family.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.data.TableReader;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchOutput;
import org.lungo.deploy.batch.Counts;

class BatchPredictionTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Predictor predictor;

    @BeforeAll
    static void train() throws IOException {
        predictor = SmallModel.train(shared, 1);
    }

    @Test
    void answersEachRowOfEveryFormatWhereItStands() throws IOException, SQLException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.writeString(in.resolve("a.csv"), "age,plan,visits,id\n30,gold,1,1\n41,new,3,2\n");
        zip(in.resolve("b.csv.gz"), "id;age;visits;plan\n3;22;7;basic\n4;;7;?\n");
        Files.writeString(
                in.resolve("c.arff"),
                "@relation r\n@attribute id string\n@attribute plan string\n@attribute age numeric\n"
                        + "@attribute visits numeric\n@data\n5,gold,50,2\n");
        Files.writeString(in.resolve("d.jsonl"), "{\"id\":6,\"age\":33,\"plan\":\"silver\",\"visits\":4}\n");
        execute(
                "jdbc:duckdb:",
                "COPY (SELECT 7 AS id, 61 AS age, 'gold' AS plan, 9.5 AS visits) TO '" + in.resolve("e.parquet") + "'");
        Files.writeString(in.resolve("ignored.md"), "not a table");
        Path out = folder.resolve("out.csv");
        BatchPrediction.Result result = BatchPrediction.run(
                predictor, BatchJob.of(in.toString(), out).keeping("id", "plan"), BatchListener.NONE);
        assertThat(result.counts()).isEqualTo(new Counts(7, 0, 1));
        assertThat(result.resumedFrom()).isZero();
        Table answers = read(out);
        assertThat(answers.names())
                .containsExactly("row", "id", "plan", "prediction", "probability_no", "probability_yes");
        assertThat(answers.numbers("row").values()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(answers.numbers("id").values()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        List<Prediction> alone = predictor.predict(List.of(
                Map.of("age", 30, "plan", "gold", "visits", 1),
                Map.of("age", 41, "plan", "new", "visits", 3),
                Map.of("age", 22, "plan", "basic", "visits", 7),
                Map.of("visits", 7),
                Map.of("age", 50, "plan", "gold", "visits", 2),
                Map.of("age", 33, "plan", "silver", "visits", 4),
                Map.of("age", 61, "plan", "gold", "visits", 9.5)));
        for (int row = 0; row < alone.size(); row++) {
            assertThat(answers.texts("prediction").text(row))
                    .isEqualTo(alone.get(row).label());
            assertThat(answers.numbers("probability_yes").values()[row])
                    .isCloseTo(alone.get(row).probabilities().get("yes"), within(1e-6));
        }
        assertThat(out.resolveSibling("out.csv.errors.csv")).doesNotExist();
        assertThat(out.resolveSibling("out.csv.parts")).doesNotExist();
    }

    @Test
    void writesTheSameToEveryFormat() throws IOException, SQLException {
        Path in = Files.writeString(folder.resolve("in.csv"), SmallModel.rows(0, 500));
        Path csv = folder.resolve("out.csv");
        Path zipped = folder.resolve("out.csv.gz");
        Path parquet = folder.resolve("out.parquet");
        for (Path out : List.of(csv, zipped, parquet)) {
            BatchPrediction.run(predictor, BatchJob.of(in.toString(), out).keeping("id"), BatchListener.NONE);
        }
        String url = "jdbc:h2:" + folder.resolve("db");
        BatchPrediction.run(predictor, job(in.toString(), url, "scores"), BatchListener.NONE);
        Table expected = read(csv);
        assertThat(expected.rows()).isEqualTo(495);
        for (Table same : List.of(read(zipped), read(parquet), query(url, "SELECT * FROM scores ORDER BY \"row\""))) {
            assertThat(same.names()).isEqualTo(expected.names());
            assertThat(same.texts("id").values()).isEqualTo(expected.texts("id").values());
            assertThat(same.texts("prediction").values())
                    .isEqualTo(expected.texts("prediction").values());
            assertThat(same.numbers("probability_no").values())
                    .isEqualTo(expected.numbers("probability_no").values());
        }
    }

    @Test
    void keepsEveryColumnAndItsType() throws Exception {
        Path in = folder.resolve("in.parquet");
        execute(
                "jdbc:duckdb:",
                "COPY (SELECT 9007199254740993 AS id, DATE '2024-05-31' AS day, 30 AS age, 'gold' AS plan, 1 AS visits)"
                        + " TO '" + in + "'");
        Path out = folder.resolve("out.parquet");
        BatchPrediction.run(predictor, BatchJob.of(in.toString(), out).keeping(BatchJob.ALL), BatchListener.NONE);
        assertThat(lines(
                        "jdbc:duckdb:",
                        "SELECT row, id, day, age, typeof(row), typeof(id), typeof(day) FROM '" + out + "'"))
                .containsExactly("1 9007199254740993 2024-05-31 30 BIGINT BIGINT DATE");
    }

    @Test
    void listsWhatItCannotUseAndGoesOn() throws IOException {
        Path one = Files.writeString(folder.resolve("1.csv"), "age,plan,visits\n30,gold,1\nx,gold,2\n7\n41,gold,3\n");
        Path two = Files.writeString(folder.resolve("2.csv"), "age,plan,visits\n30,gold,1\n31,\"go,ld\",inf\n");
        Path out = folder.resolve("out/p.csv");
        BatchPrediction.Result result =
                BatchPrediction.run(predictor, BatchJob.of(folder + "/*.csv", out), BatchListener.NONE);
        assertThat(result.counts()).isEqualTo(new Counts(3, 3, 0));
        assertThat(Files.readAllLines(out).stream().map(line -> line.replaceAll(",.*", "")))
                .containsExactly("row", "1", "3", "4");
        assertThat(Files.readAllLines(BatchPrediction.errorFile(out)))
                .containsExactly(
                        "file,row,line,reason,text",
                        one + ",2,,column 'age' must hold a finite number,x",
                        one + ",,4,Expected Number of Columns: 3 Found: 1,7",
                        two + ",2,,column 'visits' must hold a finite number,inf");
        Files.delete(two);
        Files.writeString(one, "age,plan,visits\n30,gold,1\n");
        BatchPrediction.run(predictor, BatchJob.of(folder + "/*.csv", out), BatchListener.NONE);
        assertThat(BatchPrediction.errorFile(out)).doesNotExist();
    }

    @Test
    void stopsWhenTooMuchIsBadAndGoesOnWithAHigherLimit() throws IOException {
        Path in = Files.writeString(folder.resolve("in.csv"), SmallModel.rows(0, 30_000));
        Path whole = folder.resolve("whole.csv");
        BatchPrediction.run(predictor, in.toString(), whole);
        Path out = folder.resolve("out.csv");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, limited(in, out, 150), BatchListener.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("--max-errors allows 150; see ");
        assertThat(out).doesNotExist();
        assertThat(Files.readAllLines(BatchPrediction.errorFile(out)).size()).isBetween(152, 301);
        BatchPrediction.Result result = BatchPrediction.run(predictor, limited(in, out, 301), BatchListener.NONE);
        assertThat(result.counts()).isEqualTo(new Counts(29_700, 301, 0));
        assertThat(result.resumedFrom()).isPositive();
        assertThat(out).hasSameBinaryContentAs(whole);
        assertThat(BatchPrediction.errorFile(out)).hasSameBinaryContentAs(BatchPrediction.errorFile(whole));
    }

    @Test
    void writesAHeaderWhenThereIsNoRow() throws IOException {
        Path in = Files.writeString(folder.resolve("in.csv"), "age,plan,visits\n");
        for (String name : List.of("out.csv", "out.parquet")) {
            Path out = folder.resolve(name);
            assertThat(BatchPrediction.run(predictor, in.toString(), out).rows())
                    .isZero();
            try (TableReader reader = Source.of(out.toString()).open()) {
                assertThat(reader.names()).containsExactly("row", "prediction", "probability_no", "probability_yes");
                assertThat(reader.count()).isZero();
            }
        }
    }

    @Test
    void refusesAnInputThatLacksAColumn() throws IOException {
        Files.writeString(folder.resolve("1.csv"), "age,plan,visits\n30,gold,1\n");
        Path lacks = Files.writeString(folder.resolve("2.csv"), "age,plan,visit\n30,gold,1\n");
        Path out = folder.resolve("out/p.csv");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, folder + "/*.csv", out))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(lacks + " must have the column 'visits'; did you mean 'visit'?");
        Files.delete(lacks);
        assertThatThrownBy(() -> BatchPrediction.run(
                        predictor, BatchJob.of(folder + "/*.csv", out).keeping("id"), BatchListener.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("must have the column 'id'");
        Files.writeString(folder.resolve("1.csv"), "age,plan,visits,row\n30,gold,1,7\n");
        assertThatThrownBy(() -> BatchPrediction.run(
                        predictor, BatchJob.of(folder + "/*.csv", out).keeping("row"), BatchListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the column 'row' cannot be kept");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void neverWritesOverItsInput() throws IOException {
        Path in = Files.writeString(folder.resolve("in.csv"), "age,plan,visits\n30,gold,1\n");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), in);
        String text = Files.readString(in);
        for (String data : List.of(
                in.toString(),
                folder.toString(),
                folder + "/*.csv",
                folder + "/../" + folder.getFileName() + "/in.csv")) {
            for (Path out : List.of(in, link)) {
                assertThatThrownBy(() -> BatchPrediction.run(predictor, data, out))
                        .as(data)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("the output must not be among the inputs");
            }
        }
        assertThatThrownBy(() -> BatchPrediction.run(predictor, folder.toString(), folder.resolve("new.csv")))
                .as("a second start would read it")
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Files.readString(in)).isEqualTo(text);
    }

    private BatchJob limited(Path in, Path out, long errors) {
        return new BatchJob(
                Source.of(in.toString()),
                BatchOutput.file(out),
                List.of(),
                new BatchOrder.Going(errors, 1000, false),
                BatchOrder.UNLIMITED,
                true);
    }

    private BatchJob job(String data, String url, String table) {
        return new BatchJob(
                Source.of(data),
                new BatchOutput(url, table, false, folder),
                List.of("id"),
                new BatchOrder.Going(Long.MAX_VALUE, 1000, false),
                BatchOrder.UNLIMITED,
                true);
    }

    private static Table read(Path file) {
        try (TableReader reader = Source.of(file.toString()).open()) {
            return reader.read(reader.profile().schema(Map.of()));
        }
    }

    private static Table query(String url, String sql) {
        Source source = new Source(url, new org.lungo.data.ReadOptions(null, null, "utf-8", List.of(), sql));
        try (TableReader reader = source.open()) {
            return reader.read(reader.profile().schema(Map.of()));
        }
    }

    private static List<String> lines(String url, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                java.sql.ResultSet rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(rows.getString(i)));
                }
                lines.add(String.join(" ", values));
            }
        }
        return lines;
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute(sql);
        }
    }

    private static void zip(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
