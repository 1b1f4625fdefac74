package org.lungo.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lungo.train.Listener;

/** Shows how training goes. */
interface Progress extends Listener, AutoCloseable {
    /** The ways to show it. */
    enum Style {
        /** Lines that are redrawn on a terminal. */
        BAR,
        /** Lines for a log. */
        PLAIN,
        /** Events for a program, one JSON object a line. */
        JSON,
        NONE;

        /** The name as people type it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The style that is wanted, or else the one that suits where the output goes. */
        static Style chosen(@Nullable Style wanted) {
            if (wanted != null) {
                return wanted;
            }
            boolean plain =
                    System.console() == null || System.getenv("CI") != null || "dumb".equals(System.getenv("TERM"));
            return plain ? PLAIN : BAR;
        }
    }

    /** Shows at most {@code epochs} epochs. */
    static Progress of(Style style, int epochs, PrintStream out) {
        return switch (style) {
            case BAR -> new LiveProgress(epochs, out, Terminal.here(), System::nanoTime);
            case PLAIN -> new PlainProgress(epochs, out, System::nanoTime);
            case JSON -> new JsonProgress(epochs, out);
            case NONE ->
                new Progress() {
                    @Override
                    public void warned(String warning) {
                        out.println("Warning: " + warning);
                    }
                };
        };
    }

    /** Removes what was drawn for a while. */
    @Override
    default void close() {}
}
