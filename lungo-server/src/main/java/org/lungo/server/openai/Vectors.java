package org.lungo.server.openai;

import java.util.Arrays;
import java.util.List;

/** Vectors of texts with fewer numbers than the model gives, by OpenAI's {@code dimensions}. */
final class Vectors {
    private Vectors() {}

    /**
     * The first numbers of each vector, divided by their length.
     *
     * @param dimensions how many; 0 leaves the vectors as they are
     * @return [dimensions] for each text, of length 1
     * @throws org.lungo.server.http.HttpFailure 400 when the model's vectors have fewer numbers
     */
    static List<float[]> shortened(List<float[]> vectors, int dimensions) {
        return dimensions == 0
                ? vectors
                : vectors.stream().map(vector -> shortened(vector, dimensions)).toList();
    }

    private static float[] shortened(float[] vector, int dimensions) {
        if (dimensions > vector.length) {
            throw Fields.bad(
                    "dimensions",
                    "dimensions must be at most " + vector.length + ", the width of this model's vectors. Received: "
                            + dimensions);
        }
        float[] first = Arrays.copyOf(vector, dimensions);
        double squares = 0;
        for (float value : first) {
            squares += (double) value * value;
        }
        double length = squares == 0 ? 1 : Math.sqrt(squares);
        for (int i = 0; i < first.length; i++) {
            first[i] = (float) (first[i] / length);
        }
        return first;
    }
}
