package org.lungo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DocumentReader;
import org.lungo.data.Documents;
import org.lungo.data.WriteLock;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.preprocess.tokenizer.TokenizerTraining.Type;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns vocabularies and shows what they do to a text. */
@Command(
        name = "tokenizer",
        mixinStandardHelpOptions = true,
        description = "Learn a vocabulary from texts, or show the tokens of a text.",
        subcommands = {TokenizerCommand.Train.class, TokenizerCommand.Encode.class},
        footer = {"", "Example: lungo tokenizer train texts --type bpe --size 8000 --out tokenizer.json"})
final class TokenizerCommand implements Runnable {
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Learns a vocabulary. */
    @Command(
            name = "train",
            mixinStandardHelpOptions = true,
            description = "Learn a vocabulary and write it as a tokenizer.json.",
            footer = {"", "Example: lungo tokenizer train texts --type bpe --size 8000 --out tokenizer.json"})
    static final class Train implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", arity = "1..*", description = "Texts in UTF-8, .gz too, or folders of them.")
        private List<String> files = new ArrayList<>();

        @Option(
                names = "--type",
                defaultValue = "bpe",
                description = "The type of tokens: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private Type type = Type.BPE;

        @Option(
                names = "--size",
                paramLabel = "N",
                defaultValue = "8000",
                description = "The maximum number of tokens (default: ${DEFAULT-VALUE}).")
        private int size;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                defaultValue = "tokenizer.json",
                description = "The file to write.")
        private Path out = Path.of("tokenizer.json");

        @Option(
                names = "--min-frequency",
                paramLabel = "N",
                description = "How often a token must occur in the texts (default: 2; char and word: 1).")
        private @Nullable Integer minFrequency;

        @Option(names = "--lowercase", description = "Read everything in lower case (wordpiece and word).")
        private boolean lowercase;

        @Option(
                names = "--special",
                paramLabel = "TOKEN",
                split = ",",
                description = "The special tokens, which take the first ids (default: those of the type).")
        private List<String> special = new ArrayList<>();

        @Option(names = "--json", description = "Print the figures as one JSON object.")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            try (WriteLock lock = WriteLock.ofFile(out)) {
                return train();
            }
        }

        private int train() throws IOException {
            Documents documents = new Documents(files.toArray(String[]::new));
            long start = System.nanoTime();
            Tokenizer tokenizer;
            try (DocumentReader reader = documents.open()) {
                tokenizer = training().train(reader.texts());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Files.writeString(out, tokenizer.json());
            long bytes = 0;
            long tokens = 0;
            long encoding = System.nanoTime();
            try (DocumentReader reader = documents.open()) {
                while (reader.hasNext()) {
                    String text = reader.next().text();
                    bytes += text.getBytes(StandardCharsets.UTF_8).length;
                    tokens += tokenizer.encode(text).length;
                }
            }
            report(tokenizer, bytes, tokens, seconds, (System.nanoTime() - encoding) / 1e9);
            return 0;
        }

        private TokenizerTraining training() {
            TokenizerTraining training = TokenizerTraining.of(type, size);
            training = minFrequency == null ? training : training.withMinFrequency(minFrequency);
            training = lowercase ? training.withLowercase() : training;
            return special.isEmpty() ? training : training.withSpecialTokens(special);
        }

        private void report(Tokenizer tokenizer, long bytes, long tokens, double seconds, double encoding) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("file", out.toString());
            figures.put("type", type.toString());
            figures.put("size", tokenizer.size());
            figures.put("bytes", bytes);
            figures.put("seconds", seconds);
            figures.put("megabytes_per_second", bytes / 1e6 / seconds);
            figures.put("encoding_megabytes_per_second", bytes / 1e6 / encoding);
            figures.put("bytes_per_token", (double) bytes / Math.max(1, tokens));
            if (json) {
                System.out.println(ConfigFile.JSON.writeValueAsString(figures));
                return;
            }
            System.out.printf(
                    "%s: %,d tokens (%s) from %.1f MB in %.1f s (%.1f MB/s)%n",
                    out, tokenizer.size(), type, bytes / 1e6, seconds, bytes / 1e6 / seconds);
            System.out.printf(
                    "%.2f bytes per token; encodes %.1f MB/s%n",
                    (double) bytes / Math.max(1, tokens), bytes / 1e6 / encoding);
            System.out.println("Next:\n  lungo tokenizer encode " + out + " --text \"How are you?\"");
        }
    }

    /** Shows tokens. */
    @Command(
            name = "encode",
            mixinStandardHelpOptions = true,
            description = "Show the ids and tokens of a text.",
            footer = {"", "Example: lungo tokenizer encode tokenizer.json --text \"How are you?\""})
    static final class Encode implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "TOKENIZER", description = "A tokenizer.json.")
        private Path tokenizer = Path.of("tokenizer.json");

        @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "A text file; or give --text.")
        private @Nullable String file;

        @Option(names = "--text", description = "The text itself.")
        private @Nullable String text;

        @Option(names = "--special", description = "Add the special tokens that the model expects around the text.")
        private boolean special;

        @Override
        public Integer call() throws IOException {
            if ((file == null) == (text == null)) {
                throw new IllegalArgumentException(
                        "either a FILE or --text must be given. Received: " + (file == null ? "neither" : "both"));
            }
            Tokenizer loaded = Tokenizer.load(tokenizer);
            if (file == null) {
                show(loaded, String.valueOf(text));
                return 0;
            }
            try (DocumentReader reader = new Documents(file).open()) {
                while (reader.hasNext()) {
                    show(loaded, reader.next().text());
                }
            }
            return 0;
        }

        private void show(Tokenizer loaded, String part) {
            int[] ids = special ? loaded.encodeFully(part).ids() : loaded.encode(part);
            System.out.println(Arrays.stream(ids)
                    .mapToObj(id -> id + " " + ConfigFile.JSON.writeValueAsString(loaded.token(id)))
                    .collect(Collectors.joining("\n")));
        }
    }
}
