package org.lungo.data;

import java.io.IOException;

/** A file that could not be fetched: no connection, or an answer other than the file. */
public final class DownloadException extends IOException {
    /** @param message the address, what came, what to do */
    public DownloadException(String message) {
        super(message);
    }
}
