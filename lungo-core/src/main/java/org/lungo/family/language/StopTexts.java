package org.lungo.family.language;

import java.util.List;

/** Passes text on until one of several texts comes; what may be the beginning of one is held back. */
final class StopTexts {
    private final List<String> stops;
    private final TextGenerator.Output output;
    private final StringBuilder written = new StringBuilder();
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    StopTexts(List<String> stops, TextGenerator.Output output) {
        this.stops = stops;
        this.output = output;
    }

    /** Takes the next piece; false once a stop text has come. */
    boolean add(String text) {
        if (stopped) {
            return false;
        }
        held.append(text);
        int stop = stops.stream()
                .mapToInt(held::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
        stopped = stop >= 0;
        pass(stopped ? stop : held.length() - begun());
        if (stopped) {
            held.setLength(0);
        }
        return !stopped;
    }

    /** Takes the last piece, and passes on what was held back. */
    void end(String text) {
        if (add(text)) {
            pass(held.length());
        }
    }

    /** Everything that was passed on. */
    String written() {
        return written.toString();
    }

    /** The length of the longest end of what is held that begins a stop text. */
    private int begun() {
        for (int at = 0; at < held.length(); at++) {
            String end = held.substring(at);
            if (stops.stream().anyMatch(stop -> stop.startsWith(end))) {
                return end.length();
            }
        }
        return 0;
    }

    private void pass(int length) {
        if (length > 0) {
            String text = held.substring(0, length);
            held.delete(0, length);
            written.append(text);
            output.write(text);
        }
    }
}
