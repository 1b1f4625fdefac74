package org.lungo.data;

/** Data that cannot be used as it is. The command line reports it with its code and exits with 3. */
public final class DataException extends RuntimeException {
    private final String code;

    /**
     * @param code the documented error code, {@code E301} to {@code E399}
     * @param message what was expected, what came, what to do
     */
    public DataException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The documented error code, for example {@code E301}. */
    public String code() {
        return code;
    }
}
