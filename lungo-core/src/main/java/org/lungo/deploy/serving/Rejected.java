package org.lungo.deploy.serving;

/** A request that is not answered, by design. */
public final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The reason of a refusal. */
    public enum Reason {
        /** Too many requests wait already. */
        QUEUE_FULL,
        /** It was not answered in time; the work is given up. */
        DEADLINE,
        /** The server, or the model, is being shut down. */
        DRAINING
    }

    private final Reason reason;

    /** A refusal. The message is for the caller. */
    public Rejected(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The reason of this refusal. */
    public Reason reason() {
        return reason;
    }
}
