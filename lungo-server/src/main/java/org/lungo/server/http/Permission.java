package org.lungo.server.http;

import java.util.Locale;

/** What a key may be used for. */
public enum Permission {
    /** To ask models. */
    INFER,
    /** To load, roll back and unload models. */
    ADMIN,
    /** To read the metrics. */
    METRICS;

    /** The name in a key file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
