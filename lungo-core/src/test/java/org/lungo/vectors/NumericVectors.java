package org.lungo.vectors;

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
        Path file = SharedData.file(FILE);
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
}
