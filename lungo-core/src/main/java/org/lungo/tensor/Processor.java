package org.lungo.tensor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processor of this machine, as the system describes it. */
public final class Processor {
    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final String NAME = "model name";

    /** Where processors of one name may differ: a hypervisor hides some instructions of some. */
    private static final List<String> IDENTITY = List.of("vendor_id", "cpu family", "model", NAME, "stepping", "flags");

    private Processor() {}

    /** The system's library on macOS. */
    interface Mac extends Library {
        int sysctlbyname(
                String name, byte[] value, NativeLongByReference size, @Nullable Pointer changed, NativeLong length);
    }

    /** Its name, for example {@code AMD EPYC}; the architecture where the system tells no more. */
    public static String name() {
        return linux().getOrDefault(NAME, elsewhere());
    }

    /** Its name, model and instructions: two processors that compute in different ways have different ones. */
    static String identity() {
        Map<String, String> described = linux();
        return System.getProperty("os.arch") + " " + (described.isEmpty() ? elsewhere() : described);
    }

    /** The lines of the first processor by their names; none on other systems. */
    private static Map<String, String> linux() {
        Map<String, String> described = new LinkedHashMap<>();
        if (!Files.isReadable(LINUX)) {
            return described;
        }
        try (BufferedReader reader = Files.newBufferedReader(LINUX)) {
            // An empty line ends a processor. A machine may have hundreds, and each takes its time to be described.
            for (String line = reader.readLine(); line != null && !line.isBlank(); line = reader.readLine()) {
                String[] parts = line.split(":", 2);
                if (parts.length == 2 && IDENTITY.contains(parts[0].strip())) {
                    described.put(parts[0].strip(), parts[1].strip());
                }
            }
        } catch (IOException e) {
            described.clear();
        }
        return described;
    }

    private static String elsewhere() {
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        if (windows != null) {
            return windows;
        }
        return Platform.isMac() ? mac() : System.getProperty("os.arch");
    }

    private static String mac() {
        byte[] value = new byte[256];
        try {
            Mac mac = Native.load("c", Mac.class);
            NativeLongByReference size = new NativeLongByReference(new NativeLong(value.length));
            return mac.sysctlbyname("machdep.cpu.brand_string", value, size, null, new NativeLong(0)) == 0
                    ? Native.toString(value)
                    : System.getProperty("os.arch");
        } catch (LinkageError e) {
            return System.getProperty("os.arch");
        }
    }
}
