package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchOutput;
import org.lungo.deploy.batch.BatchResult;
import org.lungo.deploy.serving.Family;
import org.lungo.family.Families;
import org.lungo.tensor.Check;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Answers for every row of files or of a query, or for every text of a file. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = {
            "Predict every row of a file, a folder, a pattern or a database query, of any size, or every text of a file.",
            "Without --out it shows the first answers. After an interruption the same command continues a job on rows, and"
                    + " starts a job on texts again."
        },
        footer = {
            "",
            "Examples:",
            "  lungo predict runs/customers-001 new.csv",
            "  lungo predict runs/customers-001 --row '{\"age\": 41, \"plan\": \"gold\"}'",
            "  lungo predict runs/customers-001 new.csv --out predictions.csv",
            "  lungo predict runs/customers-001 french.csv --set 'data.read.delimiter=;' --set data.read.decimal=, \\",
            "      --out predictions.csv",
            "  lungo predict runs/customers-001 'in/*.parquet' --out predictions.parquet --keep id,name",
            "  lungo predict runs/entities-001 texts.txt --out entities.jsonl",
            "  lungo predict runs/corpus-001 prompts.jsonl --out texts.jsonl",
            "  lungo predict runs/customers-001 'jdbc:postgresql://db/crm?user=me&password=$${DB_PASSWORD}' \\",
            "      --query 'SELECT * FROM customers ORDER BY id' --keep id \\",
            "      --out 'jdbc:postgresql://db/crm?user=me&password=$${DB_PASSWORD}' --table churn_scores"
        })
final class PredictCommand implements Callable<Integer>, Commands.Computing {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder or its model folder.")
    private Path run = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DATA",
            description = "A file (CSV, Parquet, JSON lines, ARFF; text also .gz), a folder of files or of texts, a"
                    + " pattern in quotes, or a jdbc: address; with the model's input columns. For a tagger texts by line,"
                    + " JSON lines or .conll; for a language model texts by line or JSON lines; for a translation"
                    + " model texts by line.")
    private @Nullable String data;

    @Option(
            names = "--row",
            paramLabel = "JSON",
            description = "In place of DATA one row, or one text as {\"text\": \"...\"}: what a server is asked.")
    private @Nullable String row;

    @Option(names = "--query", paramLabel = "SQL", description = "The rows to read from a jdbc: address.")
    private @Nullable String query;

    @Mixin
    private ReadArguments reading = new ReadArguments();

    @Option(
            names = "--out",
            paramLabel = "OUT",
            description =
                    "A .csv, .csv.gz or .parquet file, or a jdbc: address; for a tagger JSON lines, or columns as in DATA;"
                            + " for a language model JSON lines; for a translation model lines.")
    private @Nullable String out;

    @Option(names = "--table", paramLabel = "NAME", description = "The table of a jdbc: output; created if absent.")
    private @Nullable String table;

    @Option(names = "--append", description = "Add to a table that holds rows.")
    private boolean append;

    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "COLUMN",
            description = "Input columns to copy to the output; all copies every column.")
    private List<String> keep = List.of();

    @Option(
            names = "--max-errors",
            paramLabel = "N",
            description = "Stop when more than N rows cannot be used (exit 3).")
    private long maxErrors = Long.MAX_VALUE;

    @Option(
            names = "--part-rows",
            paramLabel = "N",
            description = "Save the answers every N rows; in a database table, as one transaction (262,144).")
    private int partRows = BatchOrder.PART_ROWS;

    @Option(names = "--restart", description = "Discard what an interrupted job has done, and start again.")
    private boolean restart;

    @Option(
            names = "--progress",
            paramLabel = "bar|plain|json|none",
            description = "How progress is shown, on standard error (a line on a terminal, else one per 30 s).")
    private Progress.@Nullable Style progress;

    @Option(names = "--json", description = "Print the outcome as one JSON object and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Check.that((data == null) != (row == null), "expected DATA or --row", data == null ? "neither" : "both");
        Check.that(
                out != null || table == null && !append && !restart && progress == null,
                "--table, --append, --restart and --progress need --out",
                "no --out");
        ModelFolder.require(run);
        Family family = Families.of(run);
        if (row != null) {
            Check.that(out == null, "--row is answered on the terminal; leave out --out", String.valueOf(out));
            Map<String, Object> answer = OneRow.answer(family, run, row);
            System.out.println(json ? JsonMapper.shared().writeValueAsString(answer) : OneRow.text(answer));
        } else if (out == null) {
            Check.that(!json, "--json prints what a job did; name its output with --out", "no --out");
            System.out.print(new FirstAnswers(family, run, order()).text());
            System.out.println("The first answers; --out FILE writes all of them.");
        } else {
            predict(family);
        }
        return 0;
    }

    private void predict(Family family) throws IOException {
        BatchProgress shown = new BatchProgress(
                json && progress == null ? Progress.Style.NONE : Progress.Style.chosen(progress),
                family.instances(),
                System.err,
                System::nanoTime);
        BatchResult result;
        try (Interruption interruption = new Interruption(this::interrupted)) {
            result = family.predict(run, order(), shown);
        }
        shown.clear();
        System.out.println(json ? JsonMapper.shared().writeValueAsString(result.values()) : result.text());
    }

    private String interrupted() {
        return BatchOutput.isBegun(order())
                ? "Interrupted. The same command continues where it stopped."
                : "Interrupted before " + out + " was written. The same command starts from the beginning.";
    }

    private BatchOrder order() {
        BatchOrder.Going going = new BatchOrder.Going(maxErrors, partRows, restart);
        BatchOrder.Rows rows =
                new BatchOrder.Rows(query, reading.isEmpty() ? null : reading::over, table, append, keep, going);
        return new BatchOrder(data == null ? "" : data, out == null ? "" : out, rows);
    }
}
