package org.lungo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the words of a command line, the environment and the output are encoded: as the locale that Java was started with says,
 * which only the start script can change. Where that is ASCII, output is UTF-8 nevertheless, and words that it cannot hold
 * are refused, for Java has lost them already.
 */
final class TextEncoding {
    /** What Java puts for bytes that the encoding does not know. */
    private static final String LOST = "\uFFFD";

    private TextEncoding() {}

    /** Must be called before anything is printed. */
    static void prepare() {
        if (isAscii("stdout.encoding")) {
            System.setOut(utf8(FileDescriptor.out));
        }
        if (isAscii("stderr.encoding")) {
            System.setErr(utf8(FileDescriptor.err));
        }
    }

    /** Whether the stream's encoding is ASCII; Java 17 names it otherwise than newer versions. */
    private static boolean isAscii(String property) {
        String name = System.getProperty(property, System.getProperty("sun." + property));
        Charset charset = name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
        return charset.equals(StandardCharsets.US_ASCII);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /**
     * Refuses words that Java could not read.
     *
     * @throws IllegalArgumentException naming the first
     */
    static void require(Map<String, String> environment, String... words) {
        for (String word : words) {
            require("an argument", word);
        }
        environment.forEach((name, value) -> {
            if (name.startsWith("LUNGO_")) {
                require("the value of " + name, value);
            }
        });
        require("the name of the working folder", System.getProperty("user.dir"));
    }

    private static void require(String what, @Nullable String word) {
        if (word != null && word.contains(LOST)) {
            String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
            throw new IllegalArgumentException(what + " must be text in " + encoding
                    + ", the encoding of the locale. Received: '" + word + "', where " + LOST
                    + " stands for other bytes; "
                    + (encoding.equalsIgnoreCase("UTF-8")
                            ? "write it in UTF-8, or rename the file"
                            : "set LC_ALL to a locale of UTF-8, such as C.UTF-8"));
        }
    }
}
