package org.lungo.cli;

import java.util.concurrent.Callable;
import org.lungo.tensor.Engine;
import org.lungo.tensor.EngineInfo;
import picocli.CommandLine.Command;

/** Says whether this machine can run Lungo. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Say whether this machine can run Lungo, and how well.",
        footer = {"", "Example: lungo doctor"})
final class DoctorCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.out.println("java      " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch"));
        System.out.println("heap      " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB at most");
        if (System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("aarch64")) {
            System.err.println("error E103: there is no libtorch for Linux on arm64 yet; use x86_64, macOS or Windows");
            return Failures.RUNTIME;
        }
        EngineInfo info = Engine.info();
        System.out.println("libtorch  " + info.libtorch() + ", " + info.cpu() + ", " + info.threads() + " threads");
        System.out.printf("products  %s precision, relative error %.1e%n", info.matmulPrecision(), info.matmulError());
        System.out.println("cuda      " + (Engine.hasCuda() ? "available" : "none; using the CPU"));
        return 0;
    }
}
