package org.lungo.server.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model's name and the number of its version. */
public record ModelId(String name, int version) implements Comparable<ModelId> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** A run folder's name, {@code customers-001}: its version stands behind the last hyphen. */
    private static final Pattern NUMBERED = Pattern.compile("(.+)-(\\d{1,9})");

    public ModelId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a model's name must be letters, digits, dots, hyphens and underscores, at most 100. Received: '"
                            + name + "'; name it with NAME=FOLDER");
        }
    }

    /** What the name of a folder says: {@code customers-002} is version 2 of customers, all else is version 1. */
    static ModelId ofFolder(String folder) {
        Matcher numbered = NUMBERED.matcher(folder);
        return numbered.matches()
                ? new ModelId(numbered.group(1), Integer.parseInt(numbered.group(2)))
                : new ModelId(folder, 1);
    }

    @Override
    public int compareTo(ModelId other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : Integer.compare(version, other.version);
    }

    @Override
    public String toString() {
        return name + " version " + version;
    }
}
