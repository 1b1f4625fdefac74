package org.lungo.nn;

/** Decides what becomes of the parts of a model. */
@FunctionalInterface
public interface PartChange {
    /**
     * The part to take the place of {@code part}, or {@code part} itself to keep it and continue with its own parts.
     *
     * @param name where the part stands, as in {@link Parameters}
     * @param part a {@link Parameter} or a record, such as a layer
     */
    Object of(String name, Object part);
}
