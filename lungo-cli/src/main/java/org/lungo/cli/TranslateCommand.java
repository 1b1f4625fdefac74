package org.lungo.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.LineReader;
import org.lungo.data.WriteLock;
import org.lungo.deploy.ModelFolder;
import org.lungo.family.translation.TranslationPrediction;
import org.lungo.family.translation.Translator;
import org.lungo.tensor.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Translates lines; to standard output nothing else is written. */
@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        description = "Translate the lines of a file, or of standard input, line by line.",
        footer = {"", "Example: lungo translate runs/train-001 new.de --out new.en"})
final class TranslateCommand implements Callable<Integer>, Commands.Computing {
    private static final int LINES_AT_ONCE = 512;

    @Parameters(index = "0", paramLabel = "RUN", description = "A run of a translation model.")
    private Path run = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The texts, one a line, also .gz; else standard input.")
    private @Nullable String file;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where translations go, also .gz; else standard output.")
    private @Nullable Path out;

    @Option(names = "--encoding", paramLabel = "NAME", description = "The encoding of FILE (utf-8).")
    private String encoding = "utf-8";

    @Mixin
    private SearchArguments search = new SearchArguments();

    @Override
    public Integer call() throws IOException {
        ModelFolder.require(run);
        try (Scope scope = Scope.open();
                LineReader lines =
                        file == null ? LineReader.of("standard input", System.in) : LineReader.open(file, encoding)) {
            Translator translator = Translator.load(run);
            if (out == null) {
                translate(translator, lines, System.out);
            } else {
                try (WriteLock lock = WriteLock.ofFile(out)) {
                    translate(translator, lines, open(out));
                }
            }
        }
        return 0;
    }

    private void translate(Translator translator, LineReader lines, OutputStream bytes) throws IOException {
        try (Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            translate(translator, lines, writer);
        }
    }

    /** Lines that are typed are answered one by one. */
    private void translate(Translator translator, LineReader lines, Writer writer) throws IOException {
        int maxLines = file == null && System.console() != null ? 1 : LINES_AT_ONCE;
        TranslationPrediction.lines(translator, lines, writer, search.settings(), maxLines, texts -> {});
    }

    private static OutputStream open(Path out) throws IOException {
        OutputStream bytes = Files.newOutputStream(out);
        return out.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes;
    }
}
