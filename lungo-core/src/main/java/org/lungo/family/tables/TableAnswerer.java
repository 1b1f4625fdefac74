package org.lungo.family.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Table;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Passes;
import org.lungo.deploy.serving.Rejected;
import org.lungo.deploy.serving.Serving;
import org.lungo.preprocess.Encoded;

/** Answers for a model of tables: rows in, predictions out. Requests share passes. */
public final class TableAnswerer implements Answerer {
    private static final int WARM_UPS = 20;

    private final Predictor predictor;
    private final ServeConfig config;
    private final Passes<Encoded, double[][]> passes;

    private TableAnswerer(Predictor predictor, ServeConfig config, Passes<Encoded, double[][]> passes) {
        this.predictor = predictor;
        this.config = config;
        this.passes = passes;
    }

    /** Loads a model folder, replays its golden rows and warms it up. */
    public static TableAnswerer load(Path folder, Serving serving) throws IOException {
        Predictor predictor = Predictor.load(folder);
        ServeConfig config = serving.overrules().apply(predictor.serve());
        warmUp(predictor, config);
        return new TableAnswerer(
                predictor,
                config,
                new Passes<>(config, serving, Encoded::rows, rows -> true, requests -> scores(predictor, requests)));
    }

    private static List<double[][]> scores(Predictor predictor, List<Encoded> requests) {
        double[][] all = predictor.scores(Encoded.concat(requests));
        List<double[][]> scores = new ArrayList<>();
        int at = 0;
        for (Encoded request : requests) {
            scores.add(Arrays.copyOfRange(all, at, at + request.rows()));
            at += request.rows();
        }
        return scores;
    }

    /** Passes of one row and of a full batch, until the virtual machine and libtorch have seen them. */
    private static void warmUp(Predictor predictor, ServeConfig config) {
        List<Map<String, @Nullable Object>> golden = predictor.golden().rows();
        if (golden.isEmpty()) {
            return;
        }
        int[] one = {0};
        int[] full = new int[config.maxBatch()];
        Table rows = predictor.parse(golden);
        for (int i = 0; i < full.length; i++) {
            full[i] = i % golden.size();
        }
        for (int i = 0; i < WARM_UPS; i++) {
            predictor.scores(predictor.encode(rows.select(one)));
            predictor.scores(predictor.encode(rows.select(full)));
        }
    }

    /** What the model knows of its columns and answers; passes of the model go through {@link #score}. */
    public Predictor predictor() {
        return predictor;
    }

    /**
     * One row of scores per row of the table that {@code parse} makes, once they are there; {@link Rejected} when they are
     * not in time.
     *
     * @param parse runs in this thread or in another
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when it cannot be answered now
     */
    public CompletableFuture<double[][]> score(Supplier<Table> parse, long deadline) {
        return passes.ask(() -> predictor.encode(parse.get()), deadline);
    }

    @Override
    public ServeConfig config() {
        return config;
    }

    @Override
    public int depth() {
        return passes.depth();
    }

    @Override
    public void requireRoom() {
        passes.requireRoom();
    }

    /** Requests that do not share passes are computed by as many threads as there are cores. */
    @Override
    public void run() {
        passes.run(config.maxBatch() == 1 ? Runtime.getRuntime().availableProcessors() : 1);
    }

    @Override
    public void close() {
        passes.close();
    }
}
