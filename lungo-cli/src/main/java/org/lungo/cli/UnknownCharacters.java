package org.lungo.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lungo.preprocess.tokenizer.Tokenizer;

/** Says once of each character that a model's vocabulary lacks it. */
final class UnknownCharacters {
    private static final int SHOWN = 10;

    private final Tokenizer tokenizer;
    private final Set<String> said = new HashSet<>();

    UnknownCharacters(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Tells standard error what a person typed in vain. */
    void note(String text) {
        List<String> unknown =
                tokenizer.unknownCharacters(text).stream().filter(said::add).toList();
        if (!unknown.isEmpty()) {
            System.err.println("note: the model does not know "
                    + unknown.stream().limit(SHOWN).map(one -> "'" + one + "'").collect(Collectors.joining(", "))
                    + (unknown.size() > SHOWN ? " and " + (unknown.size() - SHOWN) + " more" : "")
                    + (unknown.size() == 1 ? ", a character" : ", characters")
                    + " that its training text did not hold; all such characters are the same to it");
        }
    }
}
