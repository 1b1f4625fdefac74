package org.lungo.family.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.deploy.batch.BatchFolder;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOutput;
import org.lungo.deploy.batch.Counts;
import org.lungo.deploy.batch.Done;
import org.lungo.deploy.batch.ErrorFile;
import org.lungo.deploy.batch.JobIdentity;
import org.lungo.deploy.batch.ResumeException;

/**
 * Predicts rows of any number, in constant memory. A job that was interrupted, however that happened, continues when it is
 * started again: the output is in the end what it would have been. Rows that cannot be used stop nothing and are listed
 * in a file next to the output.
 *
 * <pre>{@code
 * Predictor predictor = Predictor.load(Path.of("runs/churn-001"));
 * BatchJob job = BatchJob.of("in/*.parquet", Path.of("predictions.csv")).keeping("id");
 * BatchPrediction.Result result = BatchPrediction.run(predictor, job, BatchListener.NONE);
 * }</pre>
 *
 * <p>Each answer stands next to its row's number, from 1 and on through all files; broken lines of a text file have none.
 */
public final class BatchPrediction {
    private BatchPrediction() {}

    /**
     * What came out.
     *
     * @param counts of the whole job
     * @param before the part of them that an earlier start had done
     * @param resumedFrom the number of rows that an earlier start had read
     */
    public record Result(Counts counts, Counts before, long resumedFrom) {}

    /** Where the rows that cannot be used are listed: {@code predictions.csv.errors.csv}. */
    public static Path errorFile(Path out) {
        return BatchOutput.file(out).errors();
    }

    /** Predicts the rows of {@code data} and writes the answers to the file {@code out}. */
    public static Counts run(Predictor predictor, String data, Path out) throws IOException {
        return run(predictor, BatchJob.of(data, out), BatchListener.NONE).counts();
    }

    /**
     * Does the job, or what is left of it.
     *
     * @throws DataException when an input lacks a column, changes meanwhile, or has more bad rows than the job allows
     * @throws ResumeException when another job was interrupted here, or this one cannot be continued
     * @throws IllegalArgumentException when the output is among the inputs
     * @throws IOException when something cannot be read or written; what is done is kept
     */
    public static Result run(Predictor predictor, BatchJob job, BatchListener listener) throws IOException {
        try (BatchInputs inputs = BatchInputs.open(predictor, job)) {
            Table columns = AnswerTable.empty(predictor, inputs.named());
            JobIdentity identity = identity(predictor, job, inputs);
            try (BatchFolder folder = BatchFolder.open(job.output())) {
                if (job.going().restart()) {
                    folder.clear();
                }
                Done journal = folder.journal(identity);
                try (AnswerSink sink = AnswerSink.of(job, identity.id(), columns, AnswerTable.types(inputs.types()))) {
                    int files = inputs.sources().size();
                    boolean whole = journal != null && journal.source() == files;
                    Done start = whole && journal != null ? journal : start(sink, folder, journal);
                    listener.started(start.counts());
                    checkOrder(job.input(), start, files);
                    BatchRun run = whole ? null : new BatchRun(predictor, job, inputs, folder, sink, start, listener);
                    Done done = completed(job.output(), folder, sink, run, start);
                    return new Result(done.counts(), start.counts(), start.read());
                }
            }
        }
    }

    private static Done start(AnswerSink sink, BatchFolder folder, @Nullable Done journal) throws IOException {
        try {
            return sink.start(journal);
        } catch (IOException | RuntimeException e) {
            if (journal == null) {
                folder.remove();
            }
            throw e;
        }
    }

    private static Done completed(
            BatchOutput output, BatchFolder folder, AnswerSink sink, @Nullable BatchRun run, Done start)
            throws IOException {
        try {
            Done done = run == null ? start : run.run();
            ErrorFile.finish(output, done);
            sink.finish(done);
            folder.remove();
            return done;
        } catch (IOException | UncheckedIOException e) {
            String reason = String.valueOf(e.getMessage());
            throw new IOException(
                    (reason.startsWith("cannot ") ? "" : "cannot write " + output.file() + ": ") + reason
                            + "; what is done is kept in " + output.parts() + ", and the same command continues",
                    e);
        }
    }

    private static void checkOrder(Source input, Done start, int files) {
        if (start.read() > 0 && start.source() < files && !input.isOrdered()) {
            throw new ResumeException(
                    "the query has no ORDER BY: its rows may come in another order than before, and the"
                            + " job cannot be continued; order it by a unique key, and start again with --restart");
        }
    }

    private static JobIdentity identity(Predictor predictor, BatchJob job, BatchInputs inputs) {
        BatchOutput output = job.output();
        return new JobIdentity(
                JobIdentity.FORMAT,
                predictor.fingerprint(),
                inputs.states(),
                inputs.reading().toString(),
                Source.withoutSecrets(output.location()) + (output.table() == null ? "" : " " + output.table()),
                inputs.kept(),
                job.going().partRows());
    }
}
