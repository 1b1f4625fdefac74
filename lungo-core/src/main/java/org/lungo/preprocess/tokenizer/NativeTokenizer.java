package org.lungo.preprocess.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.EngineException;

/**
 * A tokenizer of the Rust library. Any panic there ends the JVM, so only what {@link TokenizerFile} has checked may come
 * here. Its memory is freed when the collector finds it unused; it may be used by many threads at once.
 */
final class NativeTokenizer {
    private static final Cleaner CLEANER = Cleaner.create();

    private final long handle;

    private static final class Library {
        static final TokenizersLibrary LOADED = load();

        /** Natives from the jar only: with the flavour given, DJL neither looks for CUDA builds nor fetches any. */
        private static TokenizersLibrary load() {
            Map<String, String> settings = new TreeMap<>(Map.of("RUST_FLAVOR", "cpu"));
            String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
            if (cache != null) {
                settings.put("ENGINE_CACHE_DIR", cache);
            }
            Map<String, @Nullable String> before = new TreeMap<>();
            settings.forEach((key, value) -> before.put(key, System.getProperty(key)));
            try {
                settings.forEach(System::setProperty);
                LibUtils.checkStatus();
                return TokenizersLibrary.LIB;
            } catch (RuntimeException | LinkageError | AssertionError e) {
                throw new EngineException(
                        "the tokenizers library cannot be loaded on " + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + ": " + e.getMessage()
                                + ". Needed: Linux or macOS on x86_64 or arm64 (macOS: arm64 only) or Windows on x86_64,"
                                + " and a writable cache folder (system property org.bytedeco.javacpp.cachedir, else the"
                                + " home folder)",
                        e);
            } finally {
                before.forEach((key, value) -> {
                    if (value == null) {
                        System.clearProperty(key);
                    } else {
                        System.setProperty(key, value);
                    }
                });
            }
        }
    }

    /** @throws EngineException when there is no library for this machine */
    static void requireLibrary() {
        try {
            Reference.reachabilityFence(Library.LOADED);
        } catch (ExceptionInInitializerError e) {
            throw e.getCause() instanceof EngineException reason
                    ? reason
                    : new EngineException("the tokenizers library cannot be loaded: " + e.getCause(), e);
        }
    }

    /** @throws IllegalArgumentException when the library does not take {@code json} */
    NativeTokenizer(String json) {
        TokenizersLibrary library = Library.LOADED;
        try {
            long made = library.createTokenizerFromString(json);
            handle = made;
            CLEANER.register(this, () -> library.deleteTokenizer(made));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** {@code text} must be well-formed UTF-16: the binding spoils all of a text that holds half a surrogate pair. */
    int[] ids(String text) {
        TokenizersLibrary library = Library.LOADED;
        long encoding = 0;
        try {
            encoding = library.encode(handle, text, false);
            return ints(library.getTokenIds(encoding));
        } catch (RuntimeException e) {
            throw refused(e);
        } finally {
            free(encoding);
        }
    }

    Encoding encode(String first, @Nullable String second) {
        TokenizersLibrary library = Library.LOADED;
        long encoding = 0;
        try {
            encoding = second == null
                    ? library.encode(handle, first, true)
                    : library.encodeDual(handle, first, second, true);
            List<CodePoints> texts = new ArrayList<>(List.of(new CodePoints(first)));
            if (second != null) {
                texts.add(new CodePoints(second));
            }
            int[] sequences = ints(library.getSequenceIds(encoding));
            int[] starts = new int[sequences.length];
            int[] ends = new int[sequences.length];
            CharSpan[] spans = library.getTokenCharSpans(encoding);
            for (int i = 0; i < sequences.length; i++) {
                CharSpan span = spans[i];
                if (span != null && sequences[i] >= 0 && sequences[i] < texts.size()) {
                    starts[i] = texts.get(sequences[i]).index(span.getStart());
                    ends[i] = texts.get(sequences[i]).index(span.getEnd());
                }
            }
            return new Encoding(
                    ints(library.getTokenIds(encoding)),
                    ints(library.getTypeIds(encoding)),
                    ints(library.getAttentionMask(encoding)),
                    starts,
                    ends,
                    ints(library.getWordIds(encoding)),
                    sequences);
        } catch (RuntimeException e) {
            throw refused(e);
        } finally {
            free(encoding);
        }
    }

    /** The ids must be those of tokens. */
    String decode(int[] ids, boolean skipSpecial) {
        long[] wide = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            wide[i] = ids[i];
        }
        try {
            return Library.LOADED.decode(handle, wide, skipSpecial);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void free(long encoding) {
        if (encoding != 0) {
            Library.LOADED.deleteEncoding(encoding);
        }
        Reference.reachabilityFence(this);
    }

    private static IllegalArgumentException refused(RuntimeException e) {
        return new IllegalArgumentException(
                "the text must be one that the vocabulary can write; add an unknown token to the vocabulary. Received: "
                        + e.getMessage(),
                e);
    }

    private static int[] ints(long[] values) {
        int[] narrow = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (int) values[i];
        }
        return narrow;
    }
}
