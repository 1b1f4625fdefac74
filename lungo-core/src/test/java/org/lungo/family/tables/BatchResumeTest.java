package org.lungo.family.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.data.ReadOptions;
import org.lungo.data.Source;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchOutput;
import org.lungo.deploy.batch.Counts;
import org.lungo.deploy.batch.ResumeException;

/** Jobs that end before they are done, and what the next start makes of it. */
class BatchResumeTest {
    private static final int ROWS = 9_000;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Predictor predictor;
    private Path in;

    @BeforeAll
    static void train() throws IOException {
        predictor = SmallModel.train(shared, 1);
    }

    @BeforeEach
    void rows() throws IOException {
        in = Files.createDirectories(folder.resolve("in"));
        Files.writeString(in.resolve("a.csv"), SmallModel.rows(0, ROWS));
        Files.writeString(in.resolve("b.csv"), SmallModel.rows(ROWS, ROWS));
    }

    /** Ends the job at some progress, as a crash would: nothing is tidied up. */
    private static final class Crash implements BatchListener {
        private int left;
        private Counts started = new Counts(-1, -1, -1);

        Crash(int left) {
            this.left = left;
        }

        @Override
        public void started(Counts done) {
            started = done;
        }

        @Override
        public void progressed(Counts counts) {
            if (left-- == 0) {
                throw new IllegalStateException("crash");
            }
        }
    }

    @Test
    void endsWithTheSameBytesWhereverItWasInterrupted() throws IOException {
        for (String ending : List.of(".csv", ".csv.gz")) {
            Path whole = folder.resolve("whole" + ending);
            BatchPrediction.run(predictor, job(whole), BatchListener.NONE);
            for (int at : ending.equals(".csv") ? new int[] {0, 3, 7} : new int[] {2}) {
                Path out = folder.resolve("out" + at + ending);
                int starts = interrupted(job(out), at);
                assertThat(out).as("at %d", at).hasSameBinaryContentAs(whole);
                assertThat(BatchPrediction.errorFile(out)).hasSameBinaryContentAs(BatchPrediction.errorFile(whole));
                assertThat(starts).isGreaterThan(1);
                assertThat(out.resolveSibling(out.getFileName() + ".parts")).doesNotExist();
            }
        }
    }

    @Test
    void endsWithTheSameRowsInParquetAndInATable() throws IOException, SQLException {
        Path whole = folder.resolve("whole.parquet");
        BatchPrediction.run(predictor, job(whole), BatchListener.NONE);
        List<String> rows = query("jdbc:duckdb:", "SELECT * FROM '" + whole + "'");
        assertThat(rows).hasSize(2 * ROWS * 99 / 100);
        for (int at : new int[] {0, 5}) {
            Path out = folder.resolve("out" + at + ".parquet");
            interrupted(job(out), at);
            assertThat(query("jdbc:duckdb:", "SELECT * FROM '" + out + "'")).isEqualTo(rows);
            BatchJob table = table("t" + at, false, false);
            interrupted(table, at);
            assertThat(query(url(), "SELECT * FROM t" + at + " ORDER BY \"row\""))
                    .isEqualTo(rows);
            assertThat(folder.resolve("t" + at + ".errors.csv"))
                    .hasSameBinaryContentAs(BatchPrediction.errorFile(whole));
        }
    }

    /** Starts again and again, and crashes after {@code at} pieces, then one later each time. Returns how often. */
    private static int interrupted(BatchJob job, int at) throws IOException {
        long done = 0;
        for (int starts = 1; ; starts++) {
            Crash crash = new Crash(at + starts - 1);
            try {
                BatchPrediction.Result result = BatchPrediction.run(predictor, job, crash);
                assertThat(result.before()).isEqualTo(crash.started);
                assertThat(result.counts().rows()).isEqualTo(2L * ROWS * 99 / 100);
                return starts;
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("crash");
                assertThat(crash.started.rows()).isGreaterThanOrEqualTo(done); // nothing is done twice
                done = crash.started.rows();
                assertThat(starts).isLessThan(30);
            }
        }
    }

    @Test
    void goesOnWithQueriesThatAreOrdered() throws IOException, SQLException {
        update("CREATE TABLE source AS SELECT x AS \"id\", MOD(x, 60) AS \"age\", 'gold' AS \"plan\", 3 AS \"visits\""
                + " FROM SYSTEM_RANGE(1, " + ROWS + ")");
        Path out = folder.resolve("out.csv");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, ordered(out, ""), new Crash(1)))
                .hasMessage("crash");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, ordered(out, ""), BatchListener.NONE))
                .isInstanceOf(ResumeException.class)
                .hasMessageContaining("the query has no ORDER BY");
        Path sorted = folder.resolve("sorted.csv");
        BatchJob job = ordered(sorted, " ORDER BY \"id\"");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job, new Crash(0)))
                .hasMessage("crash");
        BatchPrediction.Result result = BatchPrediction.run(predictor, job, BatchListener.NONE);
        assertThat(result.resumedFrom()).isEqualTo(8192);
        assertThat(Files.readAllLines(sorted)).hasSize(ROWS + 1);
        Path changed = folder.resolve("changed.csv");
        BatchJob other = ordered(changed, " ORDER BY \"id\"");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, other, new Crash(1)))
                .hasMessage("crash");
        update("DELETE FROM source WHERE \"id\" = 17");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, other, BatchListener.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no longer gives the rows that it gave");
    }

    @Test
    void refusesWhatAnotherJobHasDone() throws IOException {
        Path out = folder.resolve("out.csv");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(out), new Crash(3)))
                .hasMessage("crash");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(out).keeping("id", "age"), BatchListener.NONE))
                .isInstanceOf(ResumeException.class)
                .hasMessageContaining("Different: --keep ([id], now [id, age]); repeat that job unchanged, or discard"
                        + " its work with --restart");
        Predictor other = SmallModel.train(shared, 2);
        assertThatThrownBy(() -> BatchPrediction.run(other, job(out), BatchListener.NONE))
                .isInstanceOf(ResumeException.class)
                .hasMessageContaining("Different: the model (");
        Path file = in.resolve("b.csv");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "k-1,20,gold,1\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(out), BatchListener.NONE))
                .isInstanceOf(ResumeException.class)
                .hasMessageContaining("Different: the input (Input[location=" + file);
        Files.setLastModifiedTime(file, time);
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(out), BatchListener.NONE))
                .isInstanceOf(ResumeException.class);
        BatchJob again = new BatchJob(
                job(out).input(),
                job(out).output(),
                List.of("id"),
                new BatchOrder.Going(Long.MAX_VALUE, 1, true),
                BatchOrder.UNLIMITED,
                true);
        assertThat(BatchPrediction.run(predictor, again, BatchListener.NONE).resumedFrom())
                .isZero();
    }

    @Test
    void noticesAnInputThatChangesUnderIt() {
        BatchListener changes = counts -> {
            try {
                Files.setLastModifiedTime(in.resolve("b.csv"), FileTime.fromMillis(counts.rows()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(folder.resolve("out.csv")), changes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("b.csv was changed while it was read");
    }

    @Test
    void letsOneJobAtATimeWriteAnOutput() throws IOException {
        BatchJob job = job(folder.resolve("out.csv"));
        List<String> messages = new ArrayList<>();
        BatchPrediction.run(predictor, job, counts -> {
            try {
                BatchPrediction.run(predictor, job, BatchListener.NONE);
            } catch (IOException e) {
                messages.add(e.getMessage());
            }
        });
        assertThat(messages).isNotEmpty().allMatch(text -> text.startsWith("another process is writing "));
    }

    @Test
    void forgetsAJournalLineThatWasCutOffAndSaysWhenItIsDamaged() throws IOException {
        Path whole = folder.resolve("whole.csv");
        BatchPrediction.run(predictor, job(whole), BatchListener.NONE);
        Path out = folder.resolve("out.csv");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(out), new Crash(4)))
                .hasMessage("crash");
        Path journal = folder.resolve("out.csv.parts/progress.jsonl");
        List<String> lines = Files.readAllLines(journal);
        assertThat(lines).hasSizeGreaterThan(2);
        Files.writeString(journal, lines.get(0) + "\n" + lines.get(1).substring(0, 20));
        assertThat(BatchPrediction.run(predictor, job(out), BatchListener.NONE).resumedFrom())
                .isEqualTo(8192);
        assertThat(out).hasSameBinaryContentAs(whole);
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(out), new Crash(4)))
                .hasMessage("crash");
        Files.writeString(folder.resolve("out.csv.parts/answers"), "short");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(out), BatchListener.NONE))
                .isInstanceOf(ResumeException.class)
                .hasMessageContaining("must have at least");
        Files.writeString(journal, "{}}\n");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(out), BatchListener.NONE))
                .isInstanceOf(ResumeException.class)
                .hasMessageContaining("progress.jsonl is damaged");
    }

    @Test
    void onlyTidiesUpWhenAllRowsWereDone() throws IOException {
        Path whole = folder.resolve("whole.csv");
        BatchPrediction.run(predictor, job(whole), BatchListener.NONE);
        for (String ending : List.of("csv", "parquet")) {
            Path out = folder.resolve("out." + ending);
            assertThatThrownBy(() -> BatchPrediction.run(predictor, job(out), new Crash(7)))
                    .hasMessage("crash");
            if (ending.equals("csv")) {
                // As if it had crashed between renaming the output and removing the folder.
                Files.move(folder.resolve("out.csv.parts/answers"), out);
                Files.move(folder.resolve("out.csv.parts/errors"), BatchPrediction.errorFile(out));
            }
            BatchPrediction.Result result = BatchPrediction.run(predictor, job(out), new Crash(0));
            assertThat(result.counts()).isEqualTo(result.before());
            assertThat(result.resumedFrom()).isEqualTo(2 * ROWS);
            assertThat(BatchPrediction.errorFile(out)).hasSameBinaryContentAs(BatchPrediction.errorFile(whole));
            assertThat(folder.resolve("out." + ending + ".parts")).doesNotExist();
        }
        assertThat(folder.resolve("out.csv")).hasSameBinaryContentAs(whole);
    }

    @Test
    void leavesRowsOfOthersInATableAlone() throws IOException, SQLException {
        assertThatThrownBy(() -> BatchPrediction.run(predictor, table("own", false, false), new Crash(3)))
                .hasMessage("crash");
        BatchJob restarted = table("own", false, true);
        assertThat(BatchPrediction.run(predictor, restarted, BatchListener.NONE).resumedFrom())
                .isZero();
        int rows = 2 * ROWS * 99 / 100;
        assertThat(query(url(), "SELECT count(*) FROM own")).containsExactly(Integer.toString(rows));
        assertThatThrownBy(() -> BatchPrediction.run(predictor, table("own", false, false), BatchListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "the table own must be empty or absent. Received: " + rows + " rows; add to them");
        assertThat(folder.resolve("own.parts")).doesNotExist();
        assertThatThrownBy(() -> BatchPrediction.run(predictor, table("own", true, false), new Crash(3)))
                .hasMessage("crash");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, table("own", true, true), BatchListener.NONE))
                .isInstanceOf(ResumeException.class)
                .hasMessageContaining("cannot tell them apart");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, table("own", true, false), BatchListener.NONE))
                .as("the journal went with --restart")
                .isInstanceOf(ResumeException.class)
                .hasMessageContaining("an interrupted job wrote that was started in another folder");
        update("DROP TABLE own_lungo");
        update("DELETE FROM own");
        BatchPrediction.run(predictor, table("own", true, false), BatchListener.NONE);
        assertThat(query(url(), "SELECT count(*) FROM own")).containsExactly(Integer.toString(rows));
    }

    @Test
    void saysWhyItCannotWrite() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(file.resolve("out.csv")), BatchListener.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write to " + file.resolve("out.csv.parts"))
                .hasMessageContaining("name another output with --out");
        Files.createDirectories(folder.resolve("out.csv.parts"));
        Path mine = Files.writeString(folder.resolve("out.csv.parts/mine.txt"), "keep me");
        assertThatThrownBy(() -> BatchPrediction.run(predictor, job(folder.resolve("out.csv")), BatchListener.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds mine.txt, which is not the job's");
        assertThat(mine).hasContent("keep me");
    }

    private BatchJob job(Path out) {
        return new BatchJob(
                Source.of(in.toString()),
                BatchOutput.file(out),
                List.of("id"),
                new BatchOrder.Going(Long.MAX_VALUE, 1, false),
                BatchOrder.UNLIMITED,
                true);
    }

    private BatchJob table(String name, boolean append, boolean restart) {
        return new BatchJob(
                Source.of(in.toString()),
                new BatchOutput(url(), name, append, folder),
                List.of("id"),
                new BatchOrder.Going(Long.MAX_VALUE, 1, restart),
                BatchOrder.UNLIMITED,
                true);
    }

    private BatchJob ordered(Path out, String order) {
        ReadOptions options = new ReadOptions(null, null, "utf-8", List.of(), "SELECT * FROM source" + order);
        return new BatchJob(
                new Source(url(), options),
                BatchOutput.file(out),
                List.of("id"),
                new BatchOrder.Going(Long.MAX_VALUE, 1, false),
                BatchOrder.UNLIMITED,
                true);
    }

    private String url() {
        return "jdbc:h2:" + folder.resolve("db");
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url())) {
            connection.createStatement().execute(sql);
        }
    }

    private static List<String> query(String url, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            int width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i : IntStream.rangeClosed(1, width).toArray()) {
                    values.add(rows.getString(i));
                }
                lines.add(String.join(" ", values));
            }
        }
        return lines;
    }
}
