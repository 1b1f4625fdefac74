package org.lungo.nn;

/**
 * Finds the path of the highest score through a chain. In Java: a step has too few numbers for native calls to pay.
 *
 * @param steps [count, count] from each label to the next
 * @param first [count]
 * @param last [count]
 */
record Viterbi(int count, double[] steps, double[] first, double[] last) {
    /**
     * The best path of {@code length} labels.
     *
     * @param emissions [..., count]
     * @param place of its first token in {@code emissions}
     */
    int[] best(double[] emissions, int place, int length) {
        int[][] from = new int[length][count];
        double[] best = new double[count];
        for (int label = 0; label < count; label++) {
            best[label] = first[label] + emissions[place * count + label];
        }
        for (int t = 1; t < length; t++) {
            double[] next = new double[count];
            for (int label = 0; label < count; label++) {
                int before = arrival(best, label);
                from[t][label] = before;
                next[label] = best[before] + steps[before * count + label] + emissions[(place + t) * count + label];
            }
            best = next;
        }
        int[] path = new int[length];
        for (int label = 0; label < count; label++) {
            if (best[label] + last[label] > best[path[length - 1]] + last[path[length - 1]]) {
                path[length - 1] = label;
            }
        }
        for (int t = length - 1; t > 0; t--) {
            path[t - 1] = from[t][path[t]];
        }
        return path;
    }

    private int arrival(double[] best, int label) {
        int before = 0;
        for (int other = 1; other < count; other++) {
            if (best[other] + steps[other * count + label] > best[before] + steps[before * count + label]) {
                before = other;
            }
        }
        return before;
    }
}
