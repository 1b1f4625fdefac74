package org.lungo.family.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lungo.deploy.text.Beam;
import org.lungo.deploy.text.BeamRules;
import org.lungo.deploy.text.Hypothesis;
import org.lungo.model.Transformer;
import org.lungo.nn.KeyValueCache;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Searches translations of several texts together: a token of every hypothesis of every text in one pass. Each text finds
 * what it would find alone, up to the rounding of logits. Keys and values follow their hypotheses; those of texts that are
 * done leave.
 *
 * @param start the token before the first of a translation
 */
record TranslationSearch(Transformer model, BeamRules rules, int start) {
    /** The maximum number of tokens that a translation may have more than its text. Vaswani et al. 2017, section 6.1. */
    static final int LONGER = 50;

    /** Searches on behalf of {@code sources}, each with its end. Returns a finished search for each. */
    List<Beam> of(List<int[]> sources) {
        List<Beam> all = sources.stream()
                .map(source -> new Beam(rules, start, limit(source.length)))
                .toList();
        int capacity =
                sources.stream().mapToInt(source -> limit(source.length)).max().orElse(0);
        try (Scope scope = Scope.inference()) {
            Transformer.Memory memory = read(sources);
            KeyValueCache cache = model.cache(Math.multiplyExact(sources.size(), rules.width()), capacity);
            cache.select(IntStream.range(0, sources.size()).toArray());
            List<Beam> active = all;
            int rows = 1; // hypotheses of each text
            while (true) {
                step(active, rows, memory, cache);
                int before = rows;
                List<Beam> growing = active;
                int[] left = IntStream.range(0, growing.size())
                        .filter(i -> !growing.get(i).isDone())
                        .toArray();
                if (left.length == 0) {
                    return all;
                }
                active = Arrays.stream(left).mapToObj(growing::get).toList();
                rows = active.stream()
                        .mapToInt(beam -> beam.running().size())
                        .max()
                        .orElse(0);
                cache.select(chosen(growing, left, before, rows));
                if (left.length < growing.size()) {
                    memory = memory.select(Arrays.stream(left).asLongStream().toArray());
                }
            }
        }
    }

    private int limit(int source) {
        return Math.min(model.config().context(), source + LONGER);
    }

    private Transformer.Memory read(List<int[]> sources) {
        int longest = sources.stream().mapToInt(source -> source.length).max().orElse(0);
        long[] tokens = new long[sources.size() * longest];
        long[] kept = new long[tokens.length];
        for (int row = 0; row < sources.size(); row++) {
            int[] source = sources.get(row);
            for (int i = 0; i < source.length; i++) {
                tokens[row * longest + i] = source[i];
                kept[row * longest + i] = 1;
            }
        }
        Tensor visible = Tensor.of(kept, sources.size(), longest).gt(0); // [texts, sequence]
        return model.encode(Tensor.of(tokens, sources.size(), longest), visible);
    }

    /** One pass and a step of every search. A text with fewer hypotheses than others repeats its first. */
    private void step(List<Beam> active, int rows, Transformer.Memory memory, KeyValueCache cache) {
        long[] last = new long[active.size() * rows];
        for (int i = 0; i < active.size(); i++) {
            List<Hypothesis> running = active.get(i).running();
            for (int j = 0; j < rows; j++) {
                last[i * rows + j] = running.get(j < running.size() ? j : 0).token();
            }
        }
        float[] logProbabilities;
        try (Scope scope = Scope.inference()) {
            Tensor states = model.decode(Tensor.of(last, last.length, 1), memory, cache); // [texts * rows, 1, hidden]
            logProbabilities =
                    model.logits(states.select(1, 0)).logSoftmax(-1).toFloats(); // [texts * rows, vocabulary]
        }
        int vocabulary = logProbabilities.length / last.length;
        for (int i = 0; i < active.size(); i++) {
            active.get(i).advance(logProbabilities, i * rows * vocabulary, vocabulary);
        }
    }

    /** The rows whose keys and values the next hypotheses continue. */
    private static int[] chosen(List<Beam> beams, int[] left, int before, int rows) {
        List<Integer> chosen = new ArrayList<>();
        for (int i : left) {
            int[] parents = beams.get(i).parents();
            for (int j = 0; j < rows; j++) {
                chosen.add(i * before + parents[j < parents.length ? j : 0]);
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }
}
