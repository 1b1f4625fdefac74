package org.lungo.family.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Field;
import org.lungo.data.ReadOptions;
import org.lungo.data.Source;
import org.lungo.data.Task;
import org.lungo.deploy.Facts;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchOutput;
import org.lungo.deploy.batch.BatchResult;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Family;
import org.lungo.deploy.serving.Serving;
import org.lungo.deploy.serving.SharedAnswerer;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;

/** Models for the rows of tables. */
public final class Tables implements Family {
    /** The name of the family. */
    public static final String NAME = "tables";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "a model for tables";
    }

    @Override
    public String use() {
        return "lungo predict lets it answer for rows";
    }

    @Override
    public Facts inspect(Path folder) throws IOException {
        Inspection inspection = Inspection.of(folder);
        return new Facts(text(inspection), map(inspection));
    }

    private static String text(Inspection inspection) {
        List<String> lines = new ArrayList<>();
        Predictor predictor = inspection.predictor();
        FittedTarget target = predictor.target();
        lines.add("Predicts '" + target.column() + "': " + target.task() + ", " + target.describe());
        if (target.task() == Task.BINARY) {
            lines.add("'" + target.classes().get(1) + "' from a probability of " + target.threshold() + " on");
        }
        for (Field field : predictor.features().fields()) {
            lines.add(String.format("  %-24s %s", field.name(), field.kind()));
        }
        inspection
                .unlisted()
                .forEach(name -> lines.add(
                        "note: no manifest lists " + name + "; it is not part of the run and nothing reads it"));
        lines.add(Facts.verified(inspection.files()) + ", and the golden rows answer as they did.");
        return String.join(System.lineSeparator(), lines);
    }

    private static Map<String, @Nullable Object> map(Inspection inspection) {
        FittedTarget target = inspection.predictor().target();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        List<String> targets = target.columns();
        map.put("target", targets.size() == 1 ? targets.get(0) : targets);
        map.put("task", target.task());
        map.put("classes", target.classes());
        map.put("threshold", target.task() == Task.BINARY ? target.threshold() : null);
        map.put("features", inspection.predictor().features().fields());
        map.put("verified_files", inspection.files());
        map.put("unlisted_files", inspection.unlisted());
        return map;
    }

    @Override
    public String instances() {
        return "rows";
    }

    /** Requests that do not share passes are computed by as many threads as there are cores. */
    @Override
    public Answerer open(Path folder, Serving serving) throws IOException {
        Predictor predictor = Predictor.load(folder);
        ServeConfig config = serving.overrules().apply(predictor.serve());
        SharedPredictor shared = new SharedPredictor(predictor);
        shared.warmUp(config);
        int threads = config.maxBatch() == 1 ? Runtime.getRuntime().availableProcessors() : 1;
        return new SharedAnswerer<>(shared, config, serving, threads);
    }

    @Override
    public BatchResult predict(Path folder, BatchOrder order, BatchListener listener) throws IOException {
        job(order, ReadOptions.DEFAULTS); // what is wrong with it is said before the model is loaded
        Predictor predictor = Predictor.load(folder);
        BatchJob job = job(order, predictor.reading());
        if (!job.input().isOrdered()) {
            listener.noted("without ORDER BY in the query the job cannot be continued if it is interrupted");
        }
        long start = System.nanoTime();
        BatchPrediction.Result result = BatchPrediction.run(predictor, job, listener);
        double seconds = (System.nanoTime() - start) / 1e9;
        double rate = (result.counts().rows() - result.before().rows()) / Math.max(seconds, 1e-3);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("rows", result.counts().rows());
        values.put("bad_rows", result.counts().bad());
        values.put("unknown", result.counts().unknown());
        values.put("seconds", BatchResult.rounded(seconds));
        values.put("rows_per_s", Math.round(rate));
        values.put("resumed_from", result.resumedFrom());
        return new BatchResult(text(job, result, seconds, rate), values);
    }

    /** All columns of the data stand before the answers, if none are named. */
    @Override
    public BatchOrder first(BatchOrder whole, Path scratch, long limit) {
        return new BatchOrder(
                whole.input(),
                scratch.resolve("answers.csv").toString(),
                limit,
                whole.rows().keep().isEmpty() ? whole.rows().keeping(List.of(BatchJob.ALL)) : whole.rows());
    }

    private static BatchJob job(BatchOrder order, ReadOptions trained) {
        BatchOrder.Rows rows = order.rows();
        ReadOptions base = trained.withQuery(rows.query());
        return new BatchJob(
                new Source(
                        order.input(),
                        rows.reading() == null ? base : rows.reading().apply(base)),
                new BatchOutput(order.output(), rows.table(), rows.append(), Path.of("")),
                rows.keep(),
                rows.going(),
                order.limit(),
                rows.reading() == null);
    }

    private static String text(BatchJob job, BatchPrediction.Result result, double seconds, double rate) {
        List<String> lines = new ArrayList<>();
        if (result.resumedFrom() > 0) {
            lines.add("note: continued after row " + result.resumedFrom() + ", where an earlier start ended");
        }
        if (result.counts().unknown() > 0) {
            lines.add("note: " + FittedTable.unknownNote(result.counts().unknown()));
        }
        if (result.counts().bad() > 0) {
            lines.add(rows(result.counts().bad()) + " could not be used: "
                    + job.output().errors());
        }
        String place = Source.withoutSecrets(job.output().location());
        lines.add(String.format(
                Locale.ROOT,
                "%s predicted in %.1f s (%,.0f rows/s): %s",
                rows(result.counts().rows()),
                seconds,
                rate,
                job.output().isDatabase() ? place + " " + job.output().table() : place));
        return String.join(System.lineSeparator(), lines);
    }

    private static String rows(long count) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "row" : "rows");
    }
}
