package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.train.Listener;
import tools.jackson.databind.JsonNode;

/** Options of training, from the config to the model; every comparison is of two runs that differ in the option alone. */
class TrainingOptionsTest {
    @TempDir
    Path folder;

    private int runs;

    @Test
    void autoIsTheUsualLossBitForBit() throws IOException {
        byte[] usual = weights("y");
        assertThat(weights("y", "train.loss=mean_squared_error")).isEqualTo(usual);
        assertThat(weights("y", "train.loss=mean_absolute_error")).isNotEqualTo(usual);
        assertThat(weights("y", "train.loss=huber", "train.loss.delta=0.3")).isNotEqualTo(usual);
    }

    /** One row in nine is rare: left alone the model finds few of them, evened out most. */
    @Test
    void evenedClassesAreFound() throws IOException {
        double left = recall();
        assertThat(recall("train.class_weights=balanced")).isGreaterThan(left + 0.1);
        assertThat(recall("train.augment.oversample=true")).isGreaterThan(left + 0.1);
    }

    @Test
    void oversamplingGivesTheSameBitsAgain() throws IOException {
        String[] sets = {"train.augment={oversample: true, noise: 0.1}"};
        assertThat(weights("rare", sets)).isEqualTo(weights("rare", sets));
        assertThat(weights("rare", sets)).isNotEqualTo(weights("rare", "train.augment.oversample=true"));
    }

    /** The reported metric is the evaluator's own: the best epoch's equals that of the kept weights on the same rows. */
    @Test
    void keepsTheEpochThatTheMonitorSaysIsBest() throws IOException {
        run("rare", 12, "train.early_stop.monitor=val_roc_auc", "train.learning_rate=0.2");
        List<JsonNode> epochs = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("run" + runs).resolve("metrics.jsonl"))) {
            epochs.add(ConfigFile.JSON.readTree(line));
        }
        double best = epochs.stream()
                .mapToDouble(epoch -> epoch.get("val_roc_auc").asDouble())
                .max()
                .orElseThrow();
        JsonNode kept = epochs.stream()
                .filter(epoch -> epoch.get("best").asBoolean())
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertThat(kept.get("val_roc_auc").asDouble()).isEqualTo(best);
        assertThat(epochs).allMatch(epoch -> epoch.has("val_accuracy") && epoch.has("val_loss"));
        double least = epochs.stream()
                .mapToDouble(epoch -> epoch.get("val_loss").asDouble())
                .min()
                .orElseThrow();
        assertThat(kept.get("val_loss").asDouble())
                .as("the loss alone would choose another")
                .isGreaterThan(least);
    }

    private double recall(String... sets) throws IOException {
        return run("rare", 30, sets).metrics().get("recall");
    }

    private byte[] weights(String target, String... sets) throws IOException {
        run(target, 3, sets);
        return Files.readAllBytes(folder.resolve("run" + runs).resolve("model/model.safetensors"));
    }

    private Evaluation run(String target, int epochs, String... sets) throws IOException {
        List<String> all = new ArrayList<>(List.of(sets));
        all.add("train.epochs=" + epochs);
        all.addAll(List.of("evaluate.importance=false", "model.hidden=[16]", "model.members=1", "train.batch_size=64"));
        all.add("features={" + (target.equals("y") ? "rare" : "y") + ": ignore}");
        return TableStudy.run(data().toString(), target, all.toArray(String[]::new))
                .into(folder.resolve("run" + ++runs), Listener.NONE)
                .evaluation();
    }

    /** A number that depends on two others, and a class that is rare and overlaps the other one. */
    private Path data() throws IOException {
        StringBuilder text = new StringBuilder("a,b,y,rare\n");
        for (int i = 0; i < 900; i++) {
            double a = Math.sin(i * 1.7);
            double b = Math.sin(i * 0.31 + 1);
            boolean rare = i % 9 == 0;
            text.append(rare ? a + 1 : a).append(',').append(b).append(',');
            text.append(2 * a - b).append(',').append(rare ? "yes" : "no").append('\n');
        }
        return Files.writeString(folder.resolve("data.csv"), text);
    }
}
