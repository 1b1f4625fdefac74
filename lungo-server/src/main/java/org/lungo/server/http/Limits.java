package org.lungo.server.http;

import org.lungo.tensor.Check;

/**
 * How much one request may ask for.
 *
 * @param bodyBytes of a request's body, unpacked
 * @param depth of nested JSON
 * @param rows of one request
 */
public record Limits(long bodyBytes, int depth, int rows) {
    public static final Limits DEFAULTS = new Limits(64L << 20, 64, 100_000);

    public Limits {
        Check.that(bodyBytes > 0 && bodyBytes < Integer.MAX_VALUE, "max_body must be below 2 GiB", bodyBytes);
        Check.positive("depth", depth);
        Check.positive("rows", rows);
    }
}
