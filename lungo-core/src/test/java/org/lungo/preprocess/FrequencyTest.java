package org.lungo.preprocess;

final class FrequencyTest implements CategoryContract {
    @Override
    public TablePreprocessor.Encode encode() {
        return TablePreprocessor.Encode.FREQUENCY;
    }

    /** Shares of all eight rows; 0 for missing and unknown. */
    @Override
    public double[][] expected() {
        return new double[][] {{2 / 8.0}, {3 / 8.0}, {1 / 8.0}, {0}, {0}};
    }
}
