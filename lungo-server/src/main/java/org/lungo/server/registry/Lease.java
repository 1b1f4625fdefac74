package org.lungo.server.registry;

/** The use of a model by one request; the model is not freed before it is closed. */
public record Lease(ServedModel model) implements AutoCloseable {
    @Override
    public void close() {
        model.release();
    }
}
