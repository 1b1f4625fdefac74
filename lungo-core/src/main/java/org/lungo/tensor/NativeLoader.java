package org.lungo.tensor;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads the native libraries. Everything is unpacked to the cache before anything is loaded, under a lock that other
 * processes respect: loading from a half-filled cache crashes the JVM.
 */
final class NativeLoader {
    private static final String LOAD_LIBRARIES = "org.bytedeco.javacpp.loadLibraries";

    private NativeLoader() {}

    static EngineInfo load() {
        // JavaCPP's own limits count a tensor as 8 bytes and answer with collector storms: we count ourselves.
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
        System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
        String platform = Loader.getPlatform();
        try {
            unpack(platform);
            IdleThreads.letSleep();
            // OpenMP is the only thread pool; with two, they fight over the cores.
            passOverVersionCheck();
            Loader.load(openblas.class);
            openblas.blas_set_num_threads(1);
            Loader.load(torch.class);
            // On processors that it does not know, NNPACK writes a line to standard error for every convolution.
            torch.globalContext().setUserEnabledNNPACK(false);
            torch.set_num_threads(threads("OMP_NUM_THREADS"));
            return prove(Loader.getCacheDir());
        } catch (EngineException e) {
            throw e;
        } catch (IOException | LinkageError | RuntimeException e) {
            throw new EngineException(
                    "libtorch cannot be loaded on " + platform + ": " + e.getMessage()
                            + ". Needed: linux-x86_64, macosx-arm64, macosx-x86_64 or windows-x86_64, the native jar of that"
                            + " platform on the class path, and a writable cache folder (system property"
                            + " org.bytedeco.javacpp.cachedir)",
                    e);
        }
    }

    /**
     * OpenBLAS's presets are one version behind those of libtorch (docs/decisions/0016), which the first use of their class
     * would report on standard error. The report is made only where libraries are to be loaded; the class itself loads none.
     */
    private static void passOverVersionCheck() {
        String before = System.getProperty(LOAD_LIBRARIES);
        System.setProperty(LOAD_LIBRARIES, "false");
        try {
            Class.forName("org.bytedeco.openblas.presets.openblas_nolapack");
        } catch (ClassNotFoundException e) {
            throw new LinkageError("the presets of OpenBLAS are not on the class path", e);
        } finally {
            if (before == null) {
                System.clearProperty(LOAD_LIBRARIES);
            } else {
                System.setProperty(LOAD_LIBRARIES, before);
            }
        }
    }

    /** As many as the environment's {@code variable} says, else as there are processors for this process. */
    static int threads(String variable) {
        String asked = System.getenv(variable);
        return asked != null && asked.strip().matches("[1-9]\\d{0,3}")
                ? Integer.parseInt(asked.strip())
                : Runtime.getRuntime().availableProcessors();
    }

    private static void unpack(String platform) throws IOException {
        File cache = Loader.getCacheDir();
        Path lockFile = cache.toPath().resolve("lungo.lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            for (String library : new String[] {"javacpp", "openblas", "pytorch"}) {
                unpackFolder("org/bytedeco/" + library + "/" + platform + "/");
                unpackFolder("org/bytedeco/" + library + "/" + platform + "-gpu/");
            }
            if (!lock.isValid()) {
                throw new IOException("the lock on " + lockFile + " was lost");
            }
        }
    }

    private static void unpackFolder(String folder) throws IOException {
        Enumeration<URL> places = NativeLoader.class.getClassLoader().getResources(folder);
        while (places.hasMoreElements()) {
            URL place = places.nextElement();
            if (!place.getProtocol().equals("jar")) {
                continue;
            }
            JarURLConnection connection = (JarURLConnection) place.openConnection();
            try (JarFile jar = connection.getJarFile()) {
                Enumeration<JarEntry> entries = jar.entries();
                while (entries.hasMoreElements()) {
                    String name = entries.nextElement().getName();
                    if (name.startsWith(folder) && !name.endsWith("/") && isLibrary(name)) {
                        Loader.cacheResource(
                                new URL("jar:" + connection.getJarFileURL().toExternalForm() + "!/" + name));
                    }
                }
            }
        }
    }

    private static boolean isLibrary(String name) {
        return name.contains(".so") || name.endsWith(".dylib") || name.endsWith(".dll");
    }

    /** Opens the fast paths that are right here. Products that are wrong without any leave nothing to stand on. */
    private static EngineInfo prove(File cache) throws IOException {
        String capability;
        try (var found = torch.get_cpu_capability()) {
            capability = found.getString();
        }
        int threads = torch.get_num_threads();
        String libtorch = Loader.getVersion("org.bytedeco", "pytorch");
        EngineProofs proofs = EngineProofs.PLAIN.equals(System.getenv(EngineProofs.VARIABLE))
                ? EngineProofs.plain()
                : EngineProofs.settle(Trials.proofs(capability), ProofMemory.of(cache.toPath(), libtorch, threads));
        if (!FastPath.PRODUCTS.isOpen()) {
            double error = Trials.products(x -> x[0].matmul(x[1]));
            if (!(error <= Trials.SUMS)) {
                throw new EngineException(
                        "products of FLOAT32 must be right to " + Trials.SUMS + ". Received: an error of " + error
                                + " on " + Processor.name() + "; use another machine, and report this one");
            }
        }
        return new EngineInfo(libtorch.replaceFirst("-.*", ""), capability, threads, proofs);
    }
}
