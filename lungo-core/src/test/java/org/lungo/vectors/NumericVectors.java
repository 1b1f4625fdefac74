package org.lungo.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The published input and output pairs of the shared data, numeric_vectors/vectors_open.json. */
public final class NumericVectors {
    private static final String FILE = "numeric_vectors/vectors_open.json";

    private NumericVectors() {}

    /** The vector whose {@code fn} starts so. Skips the test when the data is not there and not required. */
    public static JsonNode startingWith(String name) {
        Path file = file();
        assumeTrue(file != null, "no shared data: set LUNGO_DATA to its folder");
        for (JsonNode vector : new ObjectMapper().readTree(file.toFile()).get("vectors")) {
            if (vector.get("fn").asString().startsWith(name)) {
                return vector;
            }
        }
        throw new AssertionError("no vector starts with '" + name + "' in " + file);
    }

    /** All numbers under {@code node}, in order. */
    public static double[] numbers(JsonNode node) {
        List<Double> numbers = new ArrayList<>();
        collect(node, numbers);
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void collect(JsonNode node, List<Double> numbers) {
        if (node.isNumber()) {
            numbers.add(node.asDouble());
        } else {
            node.forEach(child -> collect(child, numbers));
        }
    }

    private static Path file() {
        String given = System.getenv("LUNGO_DATA");
        List<Path> folders = given != null
                ? List.of(Path.of(given))
                : List.of(Path.of("../shared/data"), Path.of("../../shared/data"));
        for (Path folder : folders) {
            if (Files.exists(folder.resolve(FILE))) {
                return folder.resolve(FILE);
            }
        }
        assertThat(System.getenv("LUNGO_REQUIRE_DATA"))
                .as("LUNGO_REQUIRE_DATA is set and there is no %s in %s", FILE, folders)
                .isNotEqualTo("true");
        return null;
    }
}
