package org.lungo.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what. A key file has a line for each key: a name, what it is for, and the key or its SHA-256.
 *
 * <pre>
 * # name    permissions     key
 * shop      infer           sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b
 * ops       infer,admin,metrics  o9Jv0mHhJ2pQ4rT6wY8zA1cE3gI5kM7n
 * </pre>
 */
public final class Keys {
    /** No keys: whoever reaches the server may do everything. */
    public static final Keys NONE = new Keys(List.of());

    private static final String DIGEST = "sha256:";
    private static final int SHORTEST = 16;

    private final List<Key> keys;

    private record Key(String name, Set<Permission> permissions, byte[] digest) {}

    private Keys(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads a key file.
     *
     * @throws IllegalArgumentException for a line that is not as it should be; the message does not show the key
     */
    public static Keys read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no key file " + file);
        }
        List<Key> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = line.replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                Key key = key(file + ":" + number + ": ", text.split("\\s+"));
                if (!names.add(key.name)) {
                    throw new IllegalArgumentException(
                            file + ":" + number + ": the name '" + key.name + "' is used twice");
                }
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " holds no key; expected lines with a name, permissions and a key");
        }
        return new Keys(keys);
    }

    private static Key key(String place, String... words) {
        if (words.length != 3) {
            throw new IllegalArgumentException(
                    place + "expected a name, permissions and a key. Received: " + words.length + " words");
        }
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String word : words[1].split(",")) {
            try {
                permissions.add(Permission.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        place + "permissions are infer, admin and metrics, divided by commas. Received: " + word, e);
            }
        }
        if (words[2].startsWith(DIGEST)) {
            String hex = words[2].substring(DIGEST.length());
            if (!hex.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException(place + "sha256: must be followed by 64 hexadecimal digits");
            }
            return new Key(words[0], permissions, HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)));
        }
        if (words[2].length() < SHORTEST) {
            throw new IllegalArgumentException(
                    place + "a key must have " + SHORTEST + " characters or more; openssl rand -hex 32 makes one");
        }
        return new Key(words[0], permissions, digest(words[2]));
    }

    /** Whether keys are asked for. */
    public boolean areNeeded() {
        return !keys.isEmpty();
    }

    /**
     * The name of the caller. All keys are compared, each in constant time.
     *
     * @throws HttpFailure 401 without a known key, 403 when the key is for something else
     */
    String require(Permission permission, @Nullable String authorization, @Nullable String header) {
        if (keys.isEmpty()) {
            return "anyone";
        }
        String given = header;
        if (given == null && authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            given = authorization.substring(7).strip();
        }
        if (given == null) {
            throw new HttpFailure(401, "a key is needed: send Authorization: Bearer KEY");
        }
        byte[] digest = digest(given);
        Key found = null;
        for (Key key : keys) {
            if (MessageDigest.isEqual(digest, key.digest)) {
                found = key;
            }
        }
        if (found == null) {
            throw new HttpFailure(401, "the key is not known");
        }
        if (!found.permissions.contains(permission)) {
            throw new HttpFailure(
                    403,
                    "this needs a key for " + permission + "; yours is for "
                            + String.join(
                                    ", ",
                                    found.permissions.stream()
                                            .map(Permission::toString)
                                            .toList()));
        }
        return found.name;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
