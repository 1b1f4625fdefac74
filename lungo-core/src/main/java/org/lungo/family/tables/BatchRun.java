package org.lungo.family.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lungo.data.BadRow;
import org.lungo.data.Chunk;
import org.lungo.data.Column;
import org.lungo.data.DataException;
import org.lungo.data.RowMark;
import org.lungo.data.RowScan;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.deploy.batch.BatchFolder;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.Conveyor;
import org.lungo.deploy.batch.Done;
import org.lungo.deploy.batch.ErrorFile;

/** Reads, scores and writes, from where an earlier start was, and makes each part safe when it is complete. */
final class BatchRun {
    private static final int LINES_AT_ONCE = 1000;

    private final Predictor predictor;
    private final BatchJob job;
    private final BatchInputs inputs;
    private final BatchFolder folder;
    private final AnswerSink sink;
    private final ErrorFile errors;
    private final BatchListener listener;
    private final Done start;
    private final Conveyor<Piece> conveyor = new Conveyor<>(Runtime.getRuntime().availableProcessors());
    private Done done;
    private long committed;

    BatchRun(
            Predictor predictor,
            BatchJob job,
            BatchInputs inputs,
            BatchFolder folder,
            AnswerSink sink,
            Done start,
            BatchListener listener)
            throws IOException {
        this.predictor = predictor;
        this.job = job;
        this.inputs = inputs;
        this.folder = folder;
        this.sink = sink;
        this.listener = listener;
        this.start = start;
        this.done = start;
        this.committed = start.read();
        this.errors = ErrorFile.open(job.output(), start);
    }

    /**
     * What the reader hands to the writer: a scored chunk, or broken lines, or the end of a file.
     *
     * @param answers the columns of the chunk's answers
     * @param broken lines of the file; empty with a chunk
     */
    private record Piece(
            int source, @Nullable Chunk chunk, List<Column> answers, long unknown, List<BadRow> broken, boolean last) {}

    /** Does all that is left. Returns how far the job is now: at its end. */
    Done run() throws IOException {
        try (errors) {
            conveyor.run(this::read, this::take);
        }
        return done;
    }

    private void read(Consumer<Callable<Piece>> belt) {
        for (int i = start.source(); i < inputs.sources().size(); i++) {
            int source = i;
            try (RowScan scan = inputs.scan(source)) {
                RowMark from = source == start.source() ? start.mark() : RowMark.START;
                scan.read(inputs.features(), inputs.kept(), from, chunk -> belt.accept(() -> score(source, chunk)));
                List<BadRow> lines = new ArrayList<>();
                scan.brokenLines(line -> {
                    lines.add(line);
                    if (lines.size() == LINES_AT_ONCE) {
                        handOver(source, lines, belt);
                    }
                });
                handOver(source, lines, belt);
            }
            inputs.checkUnchanged(source);
            belt.accept(() -> new Piece(source, null, List.of(), 0, List.of(), true));
        }
    }

    private static void handOver(int source, List<BadRow> lines, Consumer<Callable<Piece>> belt) {
        List<BadRow> broken = List.copyOf(lines);
        lines.clear();
        belt.accept(() -> new Piece(source, null, List.of(), 0, broken, false));
    }

    private Piece score(int source, Chunk chunk) {
        Table rows = chunk.rows();
        return new Piece(
                source, chunk, AnswerTable.answers(predictor, rows), predictor.unknown(rows), List.of(), false);
    }

    private void take(Piece piece) throws IOException {
        String location =
                Source.withoutSecrets(inputs.sources().get(piece.source()).location());
        Chunk chunk = piece.chunk();
        if (chunk != null) {
            sink.write(AnswerTable.of(done.earlier(), chunk.numbers(), inputs.named(chunk.kept()), piece.answers()));
            errors.write(location, chunk.bad());
            done = done.plus(chunk.end(), chunk.rows().rows(), chunk.bad().size(), piece.unknown());
        }
        errors.write(location, piece.broken());
        done = done.plus(done.mark(), 0, piece.broken().size(), 0);
        done = piece.last() ? done.next() : done;
        if (done.counts().bad() > job.going().maxErrors()) {
            throw tooMany();
        }
        boolean whole = done.source() == inputs.sources().size();
        // Never between the broken lines of a file: they are listed all or not at all.
        boolean complete = (chunk != null || piece.last())
                && done.read() - committed >= job.going().partRows();
        boolean enough = done.read() >= job.limit();
        if (whole || complete || enough) {
            commit();
        }
        listener.progressed(done.counts());
        if (enough) {
            conveyor.stop();
        }
    }

    private void commit() throws IOException {
        done = done.part(sink.force(), errors.force());
        committed = done.read();
        String line = done.line();
        sink.commit(line);
        folder.append(line);
    }

    private DataException tooMany() throws IOException {
        errors.show();
        return new DataException(
                "E312",
                "too many rows cannot be used: " + done.counts().bad() + ", --max-errors allows "
                        + job.going().maxErrors()
                        + "; see " + job.output().errors()
                        + ". What is done is kept: with a higher limit the same command continues");
    }
}
