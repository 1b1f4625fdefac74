package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of a file in hexadecimal, or of several files: that of the lines of their names and theirs. */
final class Fingerprint {
    private final List<String> lines = new ArrayList<>();
    private String last = "";

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** Reads the files in their order. */
    static String of(List<String> files) throws IOException {
        Fingerprint all = new Fingerprint();
        for (String file : files) {
            MessageDigest digest = digest();
            try (InputStream in = new DigestInputStream(Files.newInputStream(Path.of(file)), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            all.add(file, digest);
        }
        return all.value();
    }

    /** The next file, wholly read into {@code digest}. */
    void add(String file, MessageDigest digest) {
        last = HexFormat.of().formatHex(digest.digest());
        lines.add(last + " " + Path.of(file).getFileName() + "\n");
    }

    String value() {
        return lines.size() == 1 ? last : of(String.join("", lines).getBytes(StandardCharsets.UTF_8));
    }
}
