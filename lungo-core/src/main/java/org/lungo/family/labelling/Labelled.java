package org.lungo.family.labelling;

import java.util.List;
import org.lungo.preprocess.Splitting;

/**
 * A text in tokens with their labels, and the entities that these say.
 *
 * @param labels one for each token; those of entities in the scheme BIO
 * @param entities in order; none where labels are plain, such as parts of speech
 */
public record Labelled(List<Splitting.Token> tokens, List<String> labels, List<Entity> entities) {
    public Labelled {
        tokens = List.copyOf(tokens);
        labels = List.copyOf(labels);
        entities = List.copyOf(entities);
    }

    /**
     * An entity in a text.
     *
     * @param start where it begins in the text, in {@code char}s
     * @param end where it ends, exclusive
     */
    public record Entity(String type, String text, int start, int end) {}
}
