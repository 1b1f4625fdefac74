package org.lungo.experiment;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How a family is recognised where nobody names it, and what it takes.
 *
 * @param flags of {@code lungo train} and {@code lungo check}; several families may take the same
 * @param types the values of {@code model.type} that are its own
 * @param isMeant whether the data, or a config without {@code family}, is its own
 * @param hints what is said, by flag, to those who give one that it does not take
 */
public record Claim(List<Flag> flags, List<String> types, Predicate<Order> isMeant, Map<String, String> hints) {
    public Claim {
        flags = List.copyOf(flags);
        types = List.copyOf(types);
        hints = Map.copyOf(hints);
    }

    /** Whether the family takes the flag. */
    public boolean takes(String flag) {
        return flags.stream().anyMatch(own -> own.name().equals(flag));
    }
}
