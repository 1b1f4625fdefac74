package org.lungo.deploy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a web page, as browsers send it in the header {@code Origin}: {@code scheme://host} or
 * {@code scheme://host:port} (RFC 6454, section 7). Two spellings of one origin are equal.
 *
 * @param scheme in lower case
 * @param host in lower case; an IPv6 address in full and without brackets
 * @param port the port that browsers leave out for {@code http} and {@code https}; -1 for other schemes without one
 */
public record Origin(String scheme, String host, int port) {
    private static final Pattern FORM = Pattern.compile(
            "([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::(\\d{1,5}))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK =
            Pattern.compile("(.+\\.)?localhost\\.?|127(\\.\\d{1,3}){3}|0:0:0:0:0:0:0:1");
    private static final int LARGEST_PORT = 65_535;

    /**
     * An origin that a user names.
     *
     * @throws IllegalArgumentException for {@code *} and for anything else that is not one origin
     */
    public static Origin parse(String text) {
        if (text.equals("*")) {
            throw new IllegalArgumentException("each allowed origin must be named, such as https://app.example.com."
                    + " Received: *, which would let every web page ask; name each origin");
        }
        Origin origin = read(text);
        if (origin == null) {
            throw new IllegalArgumentException("an allowed origin must be scheme://host or scheme://host:port, such as"
                    + " https://app.example.com. Received: '" + text + "'; leave out paths, give the host as browsers"
                    + " send it");
        }
        return origin;
    }

    /** The origin that {@code text} is, or null when it is none. */
    public static @Nullable Origin read(String text) {
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            return null;
        }
        String scheme = found.group(1).toLowerCase(Locale.ROOT);
        String host = host(found.group(2).toLowerCase(Locale.ROOT));
        int port = found.group(3) == null ? usualPort(scheme) : Integer.parseInt(found.group(3));
        return host == null || port > LARGEST_PORT ? null : new Origin(scheme, host, port);
    }

    private static @Nullable String host(String text) {
        if (!text.startsWith("[")) {
            return text;
        }
        try {
            return InetAddress.getByName(text).getHostAddress(); // asks no name server: brackets hold addresses only
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }

    /** As browsers send it, with the port where it is not the scheme's own. */
    @Override
    public String toString() {
        String address = host.contains(":") ? "[" + host + "]" : host;
        return scheme + "://" + address + (port == usualPort(scheme) ? "" : ":" + port);
    }

    /** Whether the host is a name or an address that means this machine on every machine. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }
}
