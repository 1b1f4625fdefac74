package org.lungo.family.labelling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.SpanLabel;

/**
 * Labels of entities in another spelling than {@code B-LOC}: {@code B_LOC}, {@code b-LOC}, and {@code 0} or {@code o} for O.
 *
 * @param read the label that each such label is read as
 */
record LabelSpelling(Map<String, String> read) {
    private static final int SHOWN = 4;

    /** The spelling of the sentences; null when it is the usual one, or when not every label is a border or outside. */
    static @Nullable LabelSpelling of(List<LabelledSentence> sentences) {
        Map<String, String> read = new LinkedHashMap<>();
        boolean typed = false;
        for (LabelledSentence sentence : sentences) {
            for (String label : sentence.labels()) {
                String loosely = SpanLabel.loosely(label);
                if (loosely == null) {
                    return null;
                }
                typed |= SpanLabel.isTyped(loosely);
                if (!loosely.equals(label)) {
                    read.put(label, loosely);
                }
            }
        }
        return typed && !read.isEmpty() ? new LabelSpelling(read) : null;
    }

    /** Whether {@code label} is a prefix with a type, loosely. */
    static boolean isTyped(String label) {
        String loosely = SpanLabel.loosely(label);
        return loosely != null && SpanLabel.isTyped(loosely);
    }

    LabelledSentence applied(LabelledSentence sentence) {
        return new LabelledSentence(
                sentence.tokens(),
                sentence.labels().stream()
                        .map(label -> read.getOrDefault(label, label))
                        .toList());
    }

    /** What was read as what, for people. */
    String note() {
        List<String> pairs = new ArrayList<>();
        read.forEach((label, as) -> pairs.add(label + " as " + as));
        String shown = String.join(", ", pairs.subList(0, Math.min(SHOWN, pairs.size())));
        return "labels in another spelling were read as borders of entities: " + shown
                + (pairs.size() > SHOWN ? " and " + (pairs.size() - SHOWN) + " more" : "");
    }
}
