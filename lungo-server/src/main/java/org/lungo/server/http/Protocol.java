package org.lungo.server.http;

/** Routes of another package, with a form of errors of their own; a server has them besides those of {@link Routes}. */
public interface Protocol {
    /**
     * Adds the routes.
     *
     * @param guard to be put around every handler
     * @param calls for requests that ask a model
     */
    void addTo(RouteTable routes, Guard guard, Calls calls);

    /** Whether errors at {@code path} have this protocol's form; otherwise they are {@code {"error": "text"}}. */
    boolean isAt(String path);

    /** The body of an error: JSON in UTF-8. */
    byte[] error(HttpFailure failure);
}
