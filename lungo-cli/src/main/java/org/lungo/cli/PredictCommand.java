package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.data.ReadOptions;
import org.lungo.data.Source;
import org.lungo.deploy.ModelKind;
import org.lungo.deploy.batch.BatchOutput;
import org.lungo.deploy.batch.Counts;
import org.lungo.evaluate.Count;
import org.lungo.family.labelling.LabelPrediction;
import org.lungo.family.labelling.Labeller;
import org.lungo.family.tables.BatchJob;
import org.lungo.family.tables.BatchPrediction;
import org.lungo.family.tables.Predictor;
import org.lungo.family.translation.TranslationPrediction;
import org.lungo.family.translation.Translator;
import org.lungo.tensor.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts every row of files or of a query. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = {
            "Predict every row of a file, a folder, a pattern or a database query, of any size.",
            "An interrupted job goes on when the same command is started again."
        },
        footer = {
            "",
            "Examples:",
            "  lungo predict runs/customers-001 new.csv --out predictions.csv",
            "  lungo predict runs/customers-001 french.csv --set 'data.read.delimiter=;' --set data.read.decimal=, \\",
            "      --out predictions.csv",
            "  lungo predict runs/customers-001 'in/*.parquet' --out predictions.parquet --keep id,name",
            "  lungo predict runs/entities-001 texts.txt --out entities.jsonl",
            "  lungo predict runs/customers-001 'jdbc:postgresql://db/crm?user=me&password=$${DB_PASSWORD}' \\",
            "      --query 'SELECT * FROM customers ORDER BY id' --keep id \\",
            "      --out 'jdbc:postgresql://db/crm?user=me&password=$${DB_PASSWORD}' --table churn_scores"
        })
final class PredictCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder or its model folder.")
    private Path run = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description = "A file (CSV, Parquet, JSON lines, ARFF; text also .gz), a folder of files or of texts, a"
                    + " pattern in quotes, or a jdbc: address; with the model's input columns. For a tagger texts by line,"
                    + " JSON lines or .conll; to translate texts by line.")
    private String data = "";

    @Option(names = "--query", paramLabel = "SQL", description = "The rows to read from a jdbc: address.")
    private @Nullable String query;

    @Mixin
    private ReadArguments reading = new ReadArguments();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "OUT",
            description =
                    "A .csv, .csv.gz or .parquet file, or a jdbc: address; of a tagger JSON lines, or columns as DATA; of a translator lines.")
    private String out = "";

    @Option(names = "--table", paramLabel = "NAME", description = "The table of a jdbc: output; made if absent.")
    private @Nullable String table;

    @Option(names = "--append", description = "Add to a table that holds rows.")
    private boolean append;

    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "COLUMN",
            description = "Input columns to copy beside the answers; all for every one.")
    private List<String> keep = List.of();

    @Option(
            names = "--max-errors",
            paramLabel = "N",
            description = "Stop when more than N rows cannot be used (exit 3).")
    private long maxErrors = Long.MAX_VALUE;

    @Option(
            names = "--part-rows",
            paramLabel = "N",
            description = "What is done is made safe every N rows, of a table in a transaction (262,144).")
    private int partRows = BatchJob.PART_ROWS;

    @Option(names = "--restart", description = "Throw away what an interrupted job has done.")
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
        if (!Files.isDirectory(run)) {
            throw new IllegalArgumentException("no run folder " + run + "; lungo train makes one");
        }
        ModelKind kind = ModelKind.of(run);
        return switch (kind) {
            case TABLE -> rows();
            case TAGGER -> labels();
            case TRANSLATOR -> translations();
            case LANGUAGE -> throw new IllegalArgumentException(kind.refusal(run));
        };
    }

    private int rows() throws IOException {
        job(ReadOptions.DEFAULTS); // what is wrong with it is said before the model is loaded
        Predictor predictor = Predictor.load(run);
        BatchJob job = job(predictor.reading());
        BatchProgress shown = new BatchProgress(
                json && progress == null ? Progress.Style.NONE : Progress.Style.chosen(progress),
                System.err,
                System::nanoTime);
        if (!json && !job.input().isOrdered()) {
            System.err.println("note: without ORDER BY in the query the job cannot be continued if it is interrupted");
        }
        BatchPrediction.Result result;
        try (Interruption interruption =
                new Interruption(() -> "Interrupted. The same command goes on where it was.")) {
            result = BatchPrediction.run(predictor, job, shown);
        }
        shown.clear();
        if (json) {
            printJson(result, shown);
        } else {
            print(job, result, shown);
        }
        return 0;
    }

    private int labels() throws IOException {
        requireNoRows("a tagger, which labels a whole file");
        try (Scope scope = Scope.open()) {
            long start = System.nanoTime();
            Labeller labeller = Labeller.load(run);
            LabelPrediction done = LabelPrediction.run(
                    labeller, Path.of(data), labeller.bundle().encoding(), Path.of(out));
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    json
                            ? "{\"texts\":%d,\"tokens\":%d,\"entities\":%d,\"seconds\":%.3f}%n"
                            : "%,d texts of %,d tokens labelled, %,d entities found in %.1f s: "
                                    + out.replace("%", "%%") + "%n",
                    done.texts(),
                    done.tokens(),
                    done.entities(),
                    seconds);
        }
        return 0;
    }

    private int translations() throws IOException {
        requireNoRows("a model that translates, line by line");
        try (Scope scope = Scope.open()) {
            long start = System.nanoTime();
            TranslationPrediction done = TranslationPrediction.run(
                    Translator.load(run), Path.of(data), "utf-8", Path.of(out), Translator.Settings.DEFAULTS);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    json
                            ? "{\"texts\":%d,\"tokens\":%d,\"seconds\":%.3f}%n"
                            : "%,d texts translated, %,d tokens written in %.1f s: " + out.replace("%", "%%") + "%n",
                    done.texts(),
                    done.tokens(),
                    seconds);
        }
        return 0;
    }

    /** Refuses the options that are for rows of tables. */
    private void requireNoRows(String holds) {
        boolean others = query != null || table != null || append || !keep.isEmpty() || restart;
        if (others || !reading.isEmpty() || maxErrors != Long.MAX_VALUE || partRows != BatchJob.PART_ROWS) {
            throw new IllegalArgumentException(
                    run + " holds " + holds + ": of the options --out, --json and --progress are for it");
        }
    }

    private BatchJob job(ReadOptions trained) {
        return new BatchJob(
                new Source(data, reading.over(trained.withQuery(query))),
                new BatchOutput(out, table, append, Path.of("")),
                keep,
                maxErrors,
                partRows,
                restart,
                reading.isEmpty());
    }

    private static void printJson(BatchPrediction.Result result, BatchProgress shown) {
        Counts counts = result.counts();
        System.out.printf(
                Locale.ROOT,
                "{\"rows\":%d,\"bad_rows\":%d,\"unknown\":%d,\"seconds\":%.3f,\"rows_per_s\":%.0f,\"resumed_from\":%d}%n",
                counts.rows(),
                counts.bad(),
                counts.unknown(),
                shown.seconds(),
                shown.rate(counts),
                result.resumedFrom());
    }

    private static void print(BatchJob job, BatchPrediction.Result result, BatchProgress shown) {
        Counts counts = result.counts();
        if (result.resumedFrom() > 0) {
            System.out.println("note: went on after row " + result.resumedFrom() + ", where an earlier start ended");
        }
        if (counts.unknown() > 0) {
            System.out.println("note: categories that training never saw count as unknown: " + counts.unknown());
        }
        if (counts.bad() > 0) {
            System.out.println(Count.of(counts.bad(), "row") + " could not be used: "
                    + job.output().errors());
        }
        String place = Source.withoutSecrets(job.output().location());
        System.out.printf(
                Locale.ROOT,
                "%s predicted in %.1f s (%,.0f rows/s): %s%n",
                Count.of(counts.rows(), "row"),
                shown.seconds(),
                shown.rate(counts),
                job.output().isDatabase() ? place + " " + job.output().table() : place);
    }
}
