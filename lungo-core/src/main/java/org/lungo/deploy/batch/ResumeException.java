package org.lungo.deploy.batch;

/** An interrupted job that cannot be continued. The command line exits with 5. */
public final class ResumeException extends RuntimeException {
    /** @param message what was found, what is asked for, what to do */
    public ResumeException(String message) {
        super(message);
    }
}
