package org.lungo.data;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The encoding of a text file. DuckDB reads a few of a CSV file itself; files in others are rewritten for it. */
record Encoding(String name, Charset charset) {
    private static final List<String> COMMON = List.of(
            "utf-8",
            "latin-1",
            "windows-1252",
            "utf-16",
            "utf-16le",
            "utf-16be",
            "gbk",
            "gb18030",
            "big5",
            "shift_jis");

    /**
     * The encoding of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Encoding named(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.equals("latin-1")) {
            return new Encoding(name, StandardCharsets.ISO_8859_1);
        }
        try {
            if (Charset.isSupported(name)) {
                return new Encoding(name, Charset.forName(name));
            }
        } catch (IllegalCharsetNameException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "encoding must be the name of an encoding, such as utf-8, latin-1, windows-1252, utf-16, gb18030, big5 or"
                        + " shift_jis. Received: " + text + Suggestion.of(text, COMMON));
    }

    /** Where a byte order mark is missing, the one that the first bytes of the file speak for. */
    Charset charset(byte[] start) {
        boolean little = charset.name().equals("UTF-16") && start.length > 1 && start[0] != 0 && start[1] == 0;
        return little ? StandardCharsets.UTF_16LE : charset;
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** Whether text in it holds zero bytes. */
    boolean isWide() {
        return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    }

    /** The name that DuckDB reads a CSV file by, or an empty text when it cannot. */
    String duckdb() {
        return isUtf8() ? "utf-8" : charset.equals(StandardCharsets.ISO_8859_1) ? "latin-1" : "";
    }
}
