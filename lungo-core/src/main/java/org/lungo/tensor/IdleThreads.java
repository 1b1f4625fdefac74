package org.lungo.tensor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/**
 * Lets the idle threads of OpenMP and OpenBLAS sleep soon. By default they spin for milliseconds before every operation of
 * the others, and in parallel with another busy process training becomes ten times slower and more. They read their settings from the
 * environment of the process when their library is loaded; Java has no call that changes it.
 */
final class IdleThreads {
    /**
     * For GNU's OpenMP (rounds of waiting), LLVM's (milliseconds) and OpenBLAS (2 to this power of the processor's cycles). Who
     * sleeps must be woken, which takes 80 microseconds: with 1,000 rounds a model of GPT-2's size wrote 27 tokens a second,
     * with 5,000 31, in 4 bits 55 and 93. With a timeout of 16 training was a tenth faster than with OpenBLAS's own 26; with
     * 12 small products become slow.
     */
    private static final Map<String, String> SETTINGS =
            new TreeMap<>(Map.of("GOMP_SPINCOUNT", "5000", "KMP_BLOCKTIME", "1", "OPENBLAS_THREAD_TIMEOUT", "16"));

    /** A user who has set it wants something else. */
    private static final String POLICY = "OMP_WAIT_POLICY";

    private IdleThreads() {}

    /** The C library. */
    interface C extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /** Must be called before libtorch is loaded. Values that are set already stay. */
    static void letSleep() {
        if (Platform.isWindows()
                || System.getenv(POLICY) != null
                || SETTINGS.keySet().stream().allMatch(name -> System.getenv(name) != null)) {
            return;
        }
        try {
            C c = Native.load("c", C.class);
            SETTINGS.forEach((name, value) -> c.setenv(name, value, 0));
        } catch (LinkageError e) {
            LoggerFactory.getLogger(IdleThreads.class)
                    .warn(
                            "idle threads will spin, which slows down other processes ({}); start Java with"
                                    + " the environment variable GOMP_SPINCOUNT=5000",
                            e.getMessage());
        }
    }
}
