package org.lungo.cli;

/** What the log says on standard error: warnings, and what happens to a server's models. */
final class Logs {
    private Logs() {}

    /** Must be called before anything is logged. */
    static void prepare() {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.setProperty("org.slf4j.simpleLogger.log.org.lungo.server", "info");
        // It logs every error of a database that it also throws, and those that we expect.
        System.setProperty("org.slf4j.simpleLogger.log.org.mariadb.jdbc", "off");
        // It warns of a GPU that it cannot use, which the tokenizers have no use for.
        System.setProperty("org.slf4j.simpleLogger.log.ai.djl", "error");
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    }
}
