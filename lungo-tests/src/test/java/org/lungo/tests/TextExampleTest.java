package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.cli.Lungo;
import org.lungo.experiment.ExperimentConfig;

/** The example of a table with texts, from Java as docs/text.md says it and as the file in examples. */
class TextExampleTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String IMPORTS = """
            import java.nio.file.Path;
            import java.util.Map;
            import org.lungo.deploy.Predictor;
            import org.lungo.experiment.Experiment;
            import org.lungo.train.Listener;
            """;

    @TempDir
    Path folder;

    @Test
    void itsJavaTrainsAndPredicts() throws IOException, InterruptedException {
        Files.copy(ROOT.resolve("examples/reviews.csv"), folder.resolve("reviews.csv"));
        String output = JavaSnippet.of("docs/text.md").run(IMPORTS, folder);
        assertThat(output).containsPattern("\\naccuracy +(0\\.9\\d+|1\\.0000) +\\[");
        assertThat(output).containsPattern("\\nPrediction\\[label=positive, probability=0\\.[5-9]\\d+");
    }

    @Test
    void itsFileSaysWhatIsFound() throws IOException {
        String yaml = Files.readString(ROOT.resolve("examples/sentiment.yaml"));
        ExperimentConfig config =
                ExperimentConfig.FILE.read("sentiment.yaml", yaml, List.of()).value();
        assertThat(ROOT.resolve(config.data().path())).exists();
        Path file = folder.resolve("found.yaml");
        String data = ROOT.resolve(config.data().path()).toString();
        int exit = Lungo.run("init", data, "--target", "label", "--out", file.toString());
        assertThat(exit).isZero();
        assertThat(file).content().contains("'review': text", "'price': number");
    }
}
