package org.lungo.family.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.ReadOptions;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.NotFiniteException;
import org.lungo.deploy.ServeConfig;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TableBundleTest {
    @TempDir
    Path folder;

    @Test
    void readsOnlyMemoryThatWasWritten() throws IOException {
        Predictor predictor = SmallModel.train(folder, 2);
        DirtyMemory.givesTheSame(() -> Stream.of("gold", "silver", "platinum")
                .map(plan -> predictor.predict(Map.of("age", 41, "plan", plan, "visits", 7)))
                .toList());
    }

    @Test
    void isNotSavedWithScoresThatAreNotFinite() throws IOException {
        SmallModel.train(folder, 3);
        try (Scope scope = Scope.open()) {
            TableBundle bundle = TableBundle.load(folder.resolve("run3/model"));
            Golden golden = new Golden(
                    List.of(Map.of(), Map.of()), List.of(new double[] {0.5}, new double[] {Double.POSITIVE_INFINITY}));
            Path model = folder.resolve("diverged");
            assertThatThrownBy(() -> bundle.save(model, golden, ServeConfig.DEFAULTS))
                    .isInstanceOf(NotFiniteException.class)
                    .hasMessageContaining("must be finite. Received: Infinity for golden row 2; use a smaller");
            assertThat(model).doesNotExist();
        }
    }

    /** Models of earlier versions do not say how the training's files were written. */
    @Test
    void readsModelsWithoutWordsOnFiles() throws IOException {
        SmallModel.train(folder, 1);
        Path model = folder.resolve("run1/model");
        Path preprocess = model.resolve("preprocess.json");
        JsonMapper json = new JsonMapper();
        ObjectNode tree = (ObjectNode) json.readTree(Files.readString(preprocess));
        assertThat(tree.remove("text").get("encoding").asString()).isEqualTo("utf-8");
        Files.writeString(preprocess, json.writeValueAsString(tree));
        Files.delete(model.resolve("manifest.json"));
        Manifest.write(model, Set.of());
        assertThat(Predictor.load(model).reading()).isEqualTo(ReadOptions.DEFAULTS);
    }
}
