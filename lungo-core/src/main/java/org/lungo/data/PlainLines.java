package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a text, one at a time, as bytes between {@link #start} and {@link #end} of {@link #bytes}. */
final class PlainLines {
    /** DuckDB refuses longer lines. */
    private static final int LONGEST = 1 << 24;

    private final InputStream in;
    private byte[] bytes = new byte[1 << 18];
    private int start;
    private int end;
    private int next;
    private int filled;
    private boolean all;
    private long gone; // before the first of bytes

    PlainLines(InputStream in) {
        this.in = in;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Goes to the next line; false at the end of the text, and at a line that is too long. */
    boolean next() throws IOException {
        start = next;
        int at = start;
        while (true) {
            while (at < filled && bytes[at] != '\n') {
                at++;
            }
            if (at < filled || all) {
                break;
            }
            at -= start;
            fill();
        }
        if (at - start > LONGEST || at == filled && at == start) {
            return false;
        }
        next = Math.min(filled, at + 1);
        end = at > start && bytes[at - 1] == '\r' ? at - 1 : at;
        return true;
    }

    /** The number of bytes up to the end of the line. */
    long passed() {
        return gone + next;
    }

    /** Whether everything was read. */
    boolean atEnd() {
        return all && next == filled;
    }

    /** Moves the line that was begun to the front and reads on. */
    private void fill() throws IOException {
        int begun = filled - start;
        if (begun > LONGEST) {
            all = true;
            return;
        }
        byte[] room = begun > bytes.length / 2 ? new byte[bytes.length * 2] : bytes;
        System.arraycopy(bytes, start, room, 0, begun);
        bytes = room;
        gone += start;
        start = 0;
        int read = in.readNBytes(bytes, begun, bytes.length - begun);
        filled = begun + read;
        all = filled < bytes.length;
    }

    /** Whether the line holds {@code character}. */
    boolean holds(byte character) {
        for (int at = start; at < end; at++) {
            if (bytes[at] == character) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return new String(Arrays.copyOfRange(bytes, start, end), java.nio.charset.StandardCharsets.UTF_8);
    }
}
