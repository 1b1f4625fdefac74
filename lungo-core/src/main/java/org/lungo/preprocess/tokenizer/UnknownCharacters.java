package org.lungo.preprocess.tokenizer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects the characters of texts that a model's vocabulary lacks, to say once of each that the model does not see it. */
public final class UnknownCharacters {
    private static final int SHOWN = 10;

    private final Tokenizer tokenizer;
    private final Set<String> said = new LinkedHashSet<>();
    private final Set<String> found = new LinkedHashSet<>();
    private long texts;

    /** Of texts that {@code tokenizer} encodes. */
    public UnknownCharacters(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Looks at one more text.
     *
     * @throws IllegalArgumentException when the tokenizer cannot read it
     */
    public void read(String text) {
        List<String> unknown = tokenizer.unknownCharacters(text);
        if (!unknown.isEmpty()) {
            texts++;
            unknown.stream().filter(one -> !said.contains(one)).forEach(found::add);
        }
    }

    /** The number of texts so far that hold such characters. */
    public long texts() {
        return texts;
    }

    /** A sentence on the characters that no note has named yet; empty where there are none. */
    public Optional<String> note() {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        int count = found.size();
        String note = "the model does not know "
                + found.stream().limit(SHOWN).map(one -> "'" + one + "'").collect(Collectors.joining(", "))
                + (count > SHOWN ? " and " + (count - SHOWN) + " more" : "")
                + (count == 1 ? ", a character" : ", characters")
                + " that its training text did not hold; all such characters are the same to it";
        said.addAll(found);
        found.clear();
        return Optional.of(note);
    }
}
