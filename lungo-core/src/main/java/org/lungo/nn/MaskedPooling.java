package org.lungo.nn;

import org.lungo.tensor.Tensor;

/** Makes one vector of the places of a sequence that belong to a row; the padding after them counts for nothing. */
public final class MaskedPooling {
    private static final double LOWEST = -1e30;

    private MaskedPooling() {}

    /**
     * The largest value of each feature, 0 for a row without any place.
     *
     * @param x [rows, length, width]
     * @param padding BOOL [rows, length], true where nothing stands
     * @return [rows, width]
     */
    public static Tensor max(Tensor x, Tensor padding) {
        Tensor highest = x.maskedFill(padding.unsqueeze(2), LOWEST).max(1); // [rows, width]
        return highest.maskedFill(padding.all(1).unsqueeze(1), 0);
    }

    /**
     * The mean of each feature, 0 for a row without any place.
     *
     * @param x [rows, length, width]
     * @param padding BOOL [rows, length], true where nothing stands
     * @return [rows, width]
     */
    public static Tensor mean(Tensor x, Tensor padding) {
        Tensor places = padding.eq(0).to(x.dtype()).sum(1).clamp(1, Integer.MAX_VALUE); // [rows]
        return x.maskedFill(padding.unsqueeze(2), 0).sum(1).div(places.unsqueeze(1)); // [rows, width]
    }
}
