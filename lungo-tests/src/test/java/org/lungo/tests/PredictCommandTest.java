package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.train.Listener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PredictCommandTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private Path in;
    private Path out;

    @BeforeAll
    static void train() throws Exception {
        Path data = shared.resolve("train.csv");
        GeneratedRows.write(500, data, true);
        TableStudy.run(data.toString(), "label", "train.epochs=1", "model.hidden=[8]", "model.members=1")
                .into(shared.resolve("runs/churn-001"), Listener.NONE);
    }

    @BeforeEach
    void rows() throws Exception {
        in = folder.resolve("in/rows.csv");
        Files.createDirectories(in.getParent());
        GeneratedRows.write(10, in, false);
        Files.writeString(
                in, Files.readString(in).replaceFirst("\n7,[^,]*,", "\n7,oops,").replaceFirst("plan\\d", "new"));
        out = folder.resolve("out.csv");
    }

    @Test
    void saysWhatItDidAndWhere() throws IOException {
        Shell ended = predict(in.toString(), "--out", out.toString(), "--keep", "id,city");
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines().toList()).hasSize(3);
        assertThat(ended.out())
                .contains("note: categories that training never saw count as unknown: 1")
                .contains("1 row could not be used: " + out + ".errors.csv")
                .containsPattern("9 rows predicted in \\d+\\.\\d s \\([\\d,]+ rows/s\\): " + out + "\\R$");
        assertThat(ended.err()).isEmpty();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(0)).isEqualTo("row,id,city,prediction,probability_no,probability_yes");
        assertThat(lines.get(8)).startsWith("9,8,city");
    }

    @Test
    void showsColumnsThatAreCalledLikeAnswers() throws IOException {
        List<String> lines = Files.readAllLines(in);
        lines.replaceAll(line -> line + (line.equals(lines.get(0)) ? ",prediction" : ",mine"));
        Files.write(in, lines);
        Shell shown = predict(in.toString());
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("mine", "input_pred");
        Shell all = predict(in.toString(), "--out", out.toString(), "--keep", "all");
        assertThat(all.code()).as(all.err()).isZero();
        assertThat(Files.readAllLines(out).get(0))
                .endsWith(",input_prediction,prediction,probability_no,probability_yes");
        Shell named = predict(in.toString(), "--out", out + "2.csv", "--keep", "prediction");
        assertThat(named.err()).contains("the column 'prediction' cannot be kept");
    }

    @Test
    void answersMachinesInOneObject() {
        JsonNode json = new JsonMapper()
                .readTree(predict(in.toString(), "--out", out.toString(), "--json")
                        .out());
        assertThat(json.propertyNames())
                .containsExactly("rows", "bad_rows", "unknown", "seconds", "rows_per_s", "resumed_from");
        assertThat(json.get("rows").asInt()).isEqualTo(9);
        assertThat(json.get("bad_rows").asInt()).isEqualTo(1);
        assertThat(json.get("unknown").asInt()).isEqualTo(1);
        assertThat(json.get("resumed_from").asInt()).isZero();
    }

    @Test
    void showsTheFirstAnswersWithoutAnOutput() throws Exception {
        Shell ended = predict(in.toString(), "--keep", "id");
        assertThat(ended.code()).as(ended.err()).isZero();
        List<String> lines = ended.out().lines().toList();
        assertThat(lines.get(0)).matches("row +id +prediction +probability_no +probability_yes");
        assertThat(lines.get(1)).matches(" +1 +0 +(yes|no) +[01]\\.\\d{2,6} +[01]\\.\\d{2,6}");
        assertThat(lines).hasSize(12);
        assertThat(lines.get(10)).isEqualTo("cannot be used: row 8: column 'x1' must hold a finite number");
        assertThat(lines.get(11)).isEqualTo("The first answers; --out FILE writes all of them.");
        assertThat(predict(in.toString()).out()).contains("plan", "city");
        GeneratedRows.write(5000, in, false);
        assertThat(predict(in.toString()).out().lines()).hasSize(12);
        String header = Files.readString(in).lines().findFirst().orElseThrow();
        Path bad = Files.writeString(
                folder.resolve("bad.csv"), header + "\n" + header.replaceAll("[^,]+", "no number") + "\n");
        assertThat(predict(bad.toString()).out().lines())
                .as("no row can be used")
                .hasSize(2)
                .first()
                .asString()
                .startsWith("cannot be used: row 1: column 'x1' must hold a finite number");
        refused(2, "--json prints what a job did; name its output with --out", in + "", "--json");
        refused(2, "--table, --append, --restart and --progress need --out", in + "", "--restart");
    }

    @Test
    void showsWordsThatMeanAMissingValueElsewhere() throws Exception {
        String text = Files.readString(in);
        int header = text.indexOf('\n');
        StringBuilder marked = new StringBuilder("mark," + text.substring(0, header + 1));
        text.substring(header + 1)
                .lines()
                .forEach(line -> marked.append("None,").append(line).append('\n'));
        Files.writeString(in, marked);
        assertThat(predict(in.toString(), "--keep", "mark").out()).contains(" None ");
    }

    @Test
    void answersForARowThatIsTyped() {
        String row = "{\"x1\": 1.5, \"plan\": \"plan1\"}";
        Shell ended = predict("--row", row);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .containsPattern("label +(yes|no)\\R")
                .containsPattern("probabilities  no 0\\.\\d+, yes 0");
        JsonNode json =
                new JsonMapper().readTree(predict("--row", row, "--json").out());
        assertThat(json.path("probabilities").path("yes").asDouble()).isBetween(0.0, 1.0);
        assertThat(ended.out()).contains(json.path("label").asString());
        refused(3, "error E302: row 1: column 'x1' must hold a number. Received: 'a'", "--row", "{\"x1\": \"a\"}");
        refused(2, "--row must be a JSON object", "--row", "[1]");
        refused(2, "--row must be a JSON object", "--row", "{\"x1\": 1, \"x1\": 2}");
        refused(2, "expected DATA or --row. Received: neither");
        refused(2, "expected DATA or --row. Received: both", in + "", "--row", row);
        refused(2, "leave out --out", "--row", row, "--out", out.toString());
    }

    @Test
    void readsFoldersPatternsAndQueriesAndWritesTables() {
        String url = "jdbc:duckdb:" + folder.resolve("my.db");
        assertThat(predict(
                                folder.resolve("in").toString(),
                                "--out",
                                folder.resolve("p.parquet").toString())
                        .code())
                .isZero();
        assertThat(predict(folder + "/in/*.csv", "--out", url, "--table", "scores", "--part-rows", "3")
                        .code())
                .isZero();
        Shell again = predict(in.toString(), "--out", url, "--table", "scores");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("error E200: the table scores must be empty or absent. Received: 9 rows");
        assertThat(predict(in.toString(), "--out", url, "--table", "scores", "--append")
                        .code())
                .isZero();
        String query = "SELECT x.* FROM '" + in + "' AS x ORDER BY id";
        Shell asked = predict("jdbc:duckdb:", "--query", query, "--out", out.toString(), "--keep", "all");
        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(out).content().startsWith("row,id,x1,").hasLineCount(10);
        for (String name : List.of("scores.errors.csv", "scores.parts")) {
            Path.of(name).toFile().delete(); // a table's files are in the working folder
        }
    }

    @Test
    void warnsWhenAQueryHasNoOrder() {
        Shell ended = predict("jdbc:duckdb:", "--query", "SELECT * FROM '" + in + "'", "--out", out.toString());
        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("note: without ORDER BY in the query the job cannot be continued");
    }

    @Test
    void refusesWrongUsage() throws IOException {
        String o = out.toString();
        Files.createDirectories(shared.resolve("f.csv"));
        refused(
                2,
                "the output must end in .csv, .csv.gz or .parquet, or be a jdbc: address",
                in + "",
                "--out",
                "o.xlsx");
        refused(2, "the output must be a file. Received: the folder", in + "", "--out", shared.resolve("f.csv") + "");
        refused(2, "a jdbc: output needs --table NAME", in + "", "--out", "jdbc:h2:mem:x");
        refused(2, "--table needs a jdbc: output", in + "", "--out", o, "--table", "t");
        refused(2, "--append needs a jdbc: output", in + "", "--out", o, "--append");
        refused(2, "a table's name is NAME or SCHEMA.NAME", in + "", "--out", "jdbc:h2:mem:x", "--table", "a b");
        refused(2, "--query needs a jdbc: address", in + "", "--out", o, "--query", "SELECT 1");
        refused(2, "a jdbc: address needs --query", "jdbc:h2:mem:x", "--out", o);
        refused(2, "max-errors must be at least 0. Received: -1", in + "", "--out", o, "--max-errors", "-1");
        refused(2, "part-rows must be at least 1. Received: 0", in + "", "--out", o, "--part-rows", "0");
        refused(2, "keep must name a column once. Received: id,id", in + "", "--out", o, "--keep", "id,id");
        refused(2, "the output must not be among the inputs", in + "", "--out", in.toString());
        refused(3, "error E301: no file fits", folder + "/*.arff", "--out", o);
        refused(3, "error E309", in + "", "--out", o, "--keep", "nme");
        refused(
                3,
                "error E312: too many rows cannot be used: 1, --max-errors allows 0; see ",
                in + "",
                "--out",
                o,
                "--max-errors",
                "0");
        refused(1, "error E101: cannot write to", in + "", "--out", in + "/o.csv");
    }

    @Test
    void refusesToContinueAnotherJob() throws Exception {
        GeneratedRows.write(9000, in, false);
        Files.writeString(in, Files.readString(in).replaceFirst("\n8500,[^,]*,", "\n8500,oops,"));
        String o = out.toString();
        refused(3, "error E312", in.toString(), "--out", o, "--part-rows", "1", "--max-errors", "0");
        refused(5, "error E503", in.toString(), "--out", o, "--part-rows", "1", "--keep", "id");
        Shell same = predict(in.toString(), "--out", o, "--part-rows", "1");
        assertThat(same.out()).contains("note: continued after row 8192, where an earlier start ended");
        refused(3, "error E312", in.toString(), "--out", o, "--part-rows", "1", "--max-errors", "0");
        Shell restarted = predict(in.toString(), "--out", o, "--keep", "id", "--restart", "--json");
        assertThat(restarted.out()).contains("\"resumed_from\":0}").startsWith("{\"rows\":8999,");
    }

    @Test
    void theJavaOfItsPageRuns() throws Exception {
        GeneratedRows.write(10, Files.createDirectories(shared.resolve("in")).resolve("rows.parquet"), false);
        JavaSnippet.of("docs/batch.md")
                .run(
                        "import java.nio.file.Path;\nimport org.lungo.family.tables.*;\nimport org.lungo.deploy.batch.*;\n",
                        shared);
        assertThat(shared.resolve("predictions.csv"))
                .content()
                .startsWith("row,id,prediction")
                .hasLineCount(11);
    }

    @Test
    void showsExamples() {
        Shell help = predict("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains("lungo predict runs/customers-001 new.csv --out predictions.csv")
                .contains("ORDER BY id", "password=${DB_PASSWORD}'")
                .contains("--keep", "--max-errors", "--part-rows", "--restart", "--progress");
    }

    private void refused(int code, String message, String... arguments) {
        Shell ended = predict(arguments);
        assertThat(ended.err()).contains(message);
        assertThat(ended.code()).as(message).isEqualTo(code);
    }

    private static Shell predict(String... arguments) {
        List<String> all = new ArrayList<>(List.of("predict"));
        if (arguments.length == 0 || !arguments[0].equals("--help")) {
            all.add(shared.resolve("runs/churn-001").toString());
        }
        all.addAll(Arrays.asList(arguments));
        return Shell.run(all.toArray(String[]::new));
    }
}
