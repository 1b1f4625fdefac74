package org.lungo.deploy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The families of models, and what is said of them where one of another was expected. */
public enum ModelKind {
    /** Rows of tables. */
    TABLE("tables", "a model for tables", "lungo predict lets it answer for rows"),
    /** Texts, which it writes or turns into vectors, in Hugging Face's layout. */
    LANGUAGE("language", "a language model", "lungo generate lets it write"),
    /** Texts whose tokens it gives labels. */
    TAGGER("labelling", "a tagger", "lungo predict lets it label texts"),
    /** Texts, which it translates. */
    TRANSLATOR("translation", "a model that translates", "lungo translate gives it texts");

    private final String family;
    private final String title;
    private final String use;

    ModelKind(String family, String title, String use) {
        this.family = family;
        this.title = title;
        this.use = use;
    }

    /**
     * What the folder of a run, or a model folder, holds, see {@link ModelFolder}.
     *
     * @throws IllegalArgumentException when it is of a family that is not known here
     */
    public static ModelKind of(Path folder) {
        String family = ModelFolder.of(folder).family();
        ModelKind kind = named(family);
        if (kind == null) {
            throw new IllegalArgumentException(folder + " holds a model of the family '" + family
                    + "', which this build of Lungo does not have; it has " + families());
        }
        return kind;
    }

    /** The one whose {@link #family} is {@code family}, or null. */
    public static @Nullable ModelKind named(String family) {
        return Arrays.stream(values())
                .filter(kind -> kind.family.equals(family))
                .findFirst()
                .orElse(null);
    }

    /** The names of all families, for messages. */
    public static String families() {
        return Arrays.stream(values()).map(ModelKind::family).collect(Collectors.joining(", "));
    }

    /** The name of the family in configs, on the command line and in model folders. */
    public String family() {
        return family;
    }

    /** What it is, with its article. */
    public String title() {
        return title;
    }

    /** What is said of {@code folder}, which holds a model of this kind, where one of another is asked for. */
    public String refusal(Path folder) {
        return folder + " holds " + title + "; " + use;
    }
}
