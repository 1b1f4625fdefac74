package org.lungo.tensor;

/**
 * What the engine found out about one fast way of computing.
 *
 * @param name what is computed, for example {@code convolutions}
 * @param holds whether the results were right, on memory that was full of NaN
 * @param error the largest error, relative to the largest right number; NaN when a result was not a number
 * @param limit the largest error that counts as right
 * @param way how it is computed now
 */
public record EngineProof(String name, boolean holds, double error, double limit, String way) {}
