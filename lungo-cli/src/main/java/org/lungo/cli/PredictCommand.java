package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lungo.deploy.BatchPrediction;
import org.lungo.deploy.Predictor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts every row of a file. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = "Predict every row of a file of any size.",
        footer = {"", "Example: lungo predict runs/customers-001 new.csv --out predictions.csv"})
final class PredictCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder or its model folder.")
    private Path run = Path.of("");

    @Parameters(index = "1", paramLabel = "DATA", description = "Rows with the model's input columns.")
    private String data = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "A .csv or .parquet file.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print the counts as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(run)) {
            throw new IllegalArgumentException("no run folder " + run + "; lungo train makes one");
        }
        BatchPrediction.Counts counts = BatchPrediction.run(Predictor.load(run), data, out);
        if (json) {
            System.out.printf(
                    "{\"rows\":%d,\"bad_rows\":%d,\"unknown\":%d}%n", counts.rows(), counts.bad(), counts.unknown());
            return 0;
        }
        System.out.println(counts.rows() + " rows predicted: " + out);
        if (counts.bad() > 0) {
            System.out.println(counts.bad() + " rows could not be used: " + BatchPrediction.errorFile(out));
        }
        if (counts.unknown() > 0) {
            System.out.println("note: categories that training never saw count as unknown: " + counts.unknown());
        }
        return 0;
    }
}
