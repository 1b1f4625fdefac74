package org.lungo.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.Engine;
import org.lungo.tensor.EngineException;
import org.lungo.tensor.EngineInfo;
import org.lungo.tensor.EngineProof;
import org.lungo.tensor.EngineProofs;
import org.lungo.tensor.Processor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Says whether this machine can run Lungo. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Say whether this machine can run Lungo, and how well.",
        footer = {"", "Example: lungo doctor"})
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        String os = System.getProperty("os.name");
        String arch = System.getProperty("os.arch");
        long heap = Runtime.getRuntime().maxMemory() / (1 << 20);
        if (!json) {
            System.out.println("java      " + Runtime.version() + " on " + os + " " + arch);
            System.out.println("heap      " + heap + " MiB at most");
            System.out.println("processor " + Processor.name());
        }
        if (os.equals("Linux") && arch.equals("aarch64")) {
            System.err.println("error E103: there is no libtorch for Linux on arm64 yet; use x86_64, macOS or Windows");
            return Failures.RUNTIME;
        }
        EngineInfo info = Engine.info();
        String tokenizers = tokenizers();
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(found(os, arch, heap, info, tokenizers)));
            return 0;
        }
        System.out.println("libtorch  " + info.libtorch() + ", " + info.cpu() + ", " + info.threads() + " threads");
        print(info.proofs());
        System.out.println("cuda      " + (Engine.hasCuda() ? "available" : "none; using the CPU"));
        System.out.println("cache     " + NativeCache.folder());
        System.out.println("tokens    "
                + (tokenizers.isEmpty() ? "tokenizers run" : "no tokenizers, so no language models: " + tokenizers));
        return 0;
    }

    private static Map<String, Object> found(String os, String arch, long heap, EngineInfo info, String tokenizers) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("java", Runtime.version().toString());
        map.put("os", os);
        map.put("arch", arch);
        map.put("heap_mib", heap);
        map.put("libtorch", info.libtorch());
        map.put("processor", Processor.name());
        map.put("cpu", info.cpu());
        map.put("threads", info.threads());
        map.put("proofs", info.proofs());
        map.put("cuda", Engine.hasCuda());
        map.put("cache", NativeCache.folder().toString());
        map.put("tokenizers", tokenizers.isEmpty());
        return map;
    }

    private static void print(EngineProofs proofs) {
        if (proofs.all().isEmpty()) {
            System.out.println("engine    only the slower implementations, by " + EngineProofs.VARIABLE + "="
                    + EngineProofs.PLAIN);
            return;
        }
        System.out.printf(
                "engine    %s on memory full of NaN%s%n",
                proofs.hold() ? "computes right" : "computes wrongly in part and takes slower implementations,",
                proofs.remembered()
                        ? " (found at an earlier start)"
                        : String.format(" (found in %.0f ms)", proofs.millis()));
        for (EngineProof proof : proofs.all()) {
            System.out.printf(
                    "          %-5s %s: error %.1e of at most %.0e; computed by %s%n",
                    proof.holds() ? "right" : "WRONG", proof.name(), proof.error(), proof.limit(), proof.way());
        }
    }

    /** Why there are no tokenizers on this machine, in one line; empty when there are. */
    private static String tokenizers() {
        try {
            Tokenizer.requireLibrary();
            return "";
        } catch (EngineException | LinkageError e) {
            return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
    }
}
