package org.lungo.deploy;

/** Is told each new token as soon as it is chosen. */
@FunctionalInterface
public interface TokenListener {
    /** Goes on. */
    TokenListener NONE = (row, token) -> true;

    /** {@code token} continues the prompt number {@code row}. Returns whether that text goes on. */
    boolean chosen(int row, long token);
}
