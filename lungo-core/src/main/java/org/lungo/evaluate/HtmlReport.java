package org.lungo.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page about a model for people who did not train it. It holds everything it shows, and opens without a network. */
public interface HtmlReport {
    /** The page. */
    String toHtml();

    /** Writes the page to {@code file}. */
    default void write(Path file) throws IOException {
        Files.writeString(file, toHtml());
    }
}
