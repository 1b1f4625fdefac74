package org.lungo.family.labelling.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.data.LabelScheme;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.tensor.Random;

/**
 * The sentences to learn from, those that say which epoch is best, and those to test on.
 *
 * @param all the sentences of {@code data.path}, held-out ones among them
 * @param notes remarks on the parts, for the user
 */
record LabellingParts(
        LabelledCorpus train, LabelledCorpus validation, LabelledCorpus test, LabelledCorpus all, List<String> notes) {
    /**
     * Reads the files, and holds out sentences where there is none.
     *
     * @throws DataException when they cannot be used
     */
    static LabellingParts of(LabellingConfig.Data data, Random random) {
        LabelledCorpus all = data.files(data.path()).read();
        LabelledCorpus validation = read(data, data.validation(), all);
        LabelledCorpus test = read(data, data.test(), all);
        int count = all.sentences().size();
        int each = (int) Math.max(1, Math.round(data.heldOut() * count));
        int[] order = random.stream("split").permutation(count);
        int held = (validation == null ? each : 0) + (test == null ? each : 0);
        if (count - held < 1) {
            throw new DataException(
                    "E308",
                    data.path() + " must have more sentences than the " + held + " that are held out. Received: "
                            + count);
        }
        int from = 0;
        if (validation == null) {
            validation = all.select(Arrays.copyOfRange(order, 0, each));
            from = each;
        }
        if (test == null) {
            test = all.select(Arrays.copyOfRange(order, from, from + each));
            from += each;
        }
        int[] rest = Arrays.copyOfRange(order, from, count);
        Arrays.sort(rest);
        LabelledCorpus train = all.select(rest);
        List<String> notes = new ArrayList<>(all.notes());
        notes.addAll(data.validation() == null ? List.of() : validation.notes());
        notes.addAll(data.test() == null ? List.of() : test.notes());
        addNotes("the validation sentences", train, validation, notes);
        addNotes("the test sentences", train, test, notes);
        return new LabellingParts(train, validation, test, all, notes);
    }

    private static @Nullable LabelledCorpus read(
            LabellingConfig.Data data, @Nullable String location, LabelledCorpus train) {
        LabelledCorpus read = location == null ? null : data.files(location).read();
        if (read != null && (read.scheme() == LabelScheme.PLAIN) != (train.scheme() == LabelScheme.PLAIN)) {
            throw new DataException(
                    "E305",
                    location + " must have labels such as those of " + data.path() + ", " + some(train.labels())
                            + ". Received: " + some(read.labels()));
        }
        return read;
    }

    private static String some(List<String> labels) {
        return String.join(", ", labels.subList(0, Math.min(5, labels.size())));
    }

    private static void addNotes(String name, LabelledCorpus train, LabelledCorpus other, List<String> notes) {
        Map<String, Long> unknown = other.unknown(train.labels());
        if (!unknown.isEmpty()) {
            notes.add(LabellingEvaluation.unknownLabels(name, unknown));
        }
        Set<List<String>> learned = new HashSet<>();
        train.sentences().forEach(sentence -> learned.add(sentence.tokens()));
        long same = other.sentences().stream()
                .map(LabelledSentence::tokens)
                .filter(learned::contains)
                .count();
        if (same > 0) {
            notes.add(same + " of " + other.sentences().size() + " of " + name
                    + " are also training sentences; they make the scores better than they would be on new sentences");
        }
    }
}
