package org.lungo.experiment;

import java.util.Map;
import org.lungo.experiment.config.Inferred;

/**
 * What was found by looking at the data, before anything is built or trained.
 *
 * @param inferred what the data says about values that the config leaves open, by path
 * @param text for a person, some lines
 * @param memory refuses what this machine cannot hold, see {@link MemoryException}
 */
public record Look(Map<String, Inferred> inferred, String text, Runnable memory) {
    public Look {
        inferred = Map.copyOf(inferred);
    }
}
