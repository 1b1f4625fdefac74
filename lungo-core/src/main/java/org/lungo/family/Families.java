package org.lungo.family;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.serving.Family;
import org.lungo.family.labelling.Labelling;
import org.lungo.family.language.Language;
import org.lungo.family.tables.Tables;
import org.lungo.family.translation.Translation;
import org.lungo.tensor.CorruptFileException;

/** The families on their answering side, one line each. */
public final class Families {
    private static final List<Family> ALL = List.of(new Tables(), new Language(), new Labelling(), new Translation());

    private Families() {}

    /** All families. */
    public static List<Family> all() {
        return ALL;
    }

    /** The family with this name. */
    public static Optional<Family> named(String name) {
        return ALL.stream().filter(family -> family.name().equals(name)).findFirst();
    }

    /** The names of all families, for messages. */
    public static String names() {
        return ALL.stream().map(Family::name).collect(Collectors.joining(", "));
    }

    /**
     * The family of the model in the folder of a run, or in a model folder.
     *
     * @throws CorruptFileException when it is of a family that is not known here
     */
    public static Family of(Path folder) {
        String name = ModelFolder.of(folder).family();
        return named(name)
                .orElseThrow(() -> new CorruptFileException(folder + " holds a model of the family '" + name
                        + "', which this build of Lungo does not have; it has " + names()));
    }
}
