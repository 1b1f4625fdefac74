package org.lungo.experiment.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.lungo.experiment.track.Track;
import tools.jackson.databind.node.ObjectNode;

/** The sections that the config of every family has, and that no result depends on. */
record Shared(
        @JsonPropertyDescription("Where a training shows its values while it runs; results do not depend on it.")
        Track track) {
    static final Shared NONE = new Shared(Track.NONE);

    private static final String TRACK = "track";

    /** {@code own} with these sections as well. */
    ObjectNode joined(ObjectNode own) {
        own.setAll((ObjectNode) ConfigFile.JSON.valueToTree(this));
        return own;
    }

    /** The values of {@code tree} that a family defines itself. */
    static ObjectNode without(ObjectNode tree) {
        ObjectNode own = tree.deepCopy();
        own.remove(TRACK);
        return own;
    }

    /** The sections of {@code tree} that every config has. */
    static ObjectNode only(ObjectNode tree) {
        ObjectNode shared = ConfigFile.JSON.createObjectNode();
        shared.set(TRACK, tree.get(TRACK));
        return shared;
    }
}
