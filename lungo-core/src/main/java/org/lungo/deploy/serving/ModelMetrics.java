package org.lungo.deploy.serving;

/** Hears what happens to a model's requests. */
public interface ModelMetrics {
    /** Metrics that nobody reads. */
    ModelMetrics NONE = new ModelMetrics() {
        @Override
        public void batch(int rows, long nanos) {}

        @Override
        public void queued(long nanos) {}

        @Override
        public void tokens(int prompt, int completion) {}

        @Override
        public void firstToken(long nanos) {}

        @Override
        public void rejected(String reason) {}
    };

    /** One pass of the model over {@code rows} rows was done. */
    void batch(int rows, long nanos);

    /** A request waited so long before its pass. */
    void queued(long nanos);

    /** A language model read a prompt and wrote a completion, of these numbers of tokens. */
    void tokens(int prompt, int completion);

    /** The first token of an answer was written so long after the request was let in. */
    void firstToken(long nanos);

    /** A request was refused. */
    void rejected(String reason);
}
