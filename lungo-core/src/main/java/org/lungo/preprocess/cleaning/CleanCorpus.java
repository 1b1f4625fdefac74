package org.lungo.preprocess.cleaning;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.WriteLock;
import tools.jackson.databind.json.JsonMapper;

/** Writes the texts of a corpus that are worth keeping into a new file. */
public final class CleanCorpus {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Corpus corpus;
    private final TextSieve sieve;
    private final boolean lines;
    private CleaningReport report = CleaningReport.empty();

    private CleanCorpus(Cleaning cleaning, Corpus corpus, boolean lines) {
        this.corpus = corpus;
        this.sieve = new TextSieve(cleaning);
        this.lines = lines;
    }

    /**
     * Reads {@code corpus} once, a text at a time, and writes what is kept to {@code out}: a JSON object a line with the
     * text and, of a table, the other columns ({@code .jsonl}), or the texts themselves ({@code .txt}), lines as lines and
     * paragraphs with an empty line between them. Both may end in {@code .gz}. The file is there when it is complete.
     *
     * @throws org.lungo.data.DataException when the corpus cannot be read
     * @throws IllegalArgumentException when {@code out} exists, has another ending, or is text for a table or documents
     * @throws org.lungo.data.BusyException when another process writes {@code out}
     */
    public static CleaningReport write(Cleaning cleaning, Corpus corpus, Path out) throws IOException {
        boolean text = requireOut(corpus, out);
        try (WriteLock lock = WriteLock.ofFile(out)) {
            return write(cleaning, corpus, out, text);
        }
    }

    private static CleaningReport write(Cleaning cleaning, Corpus corpus, Path out, boolean text) throws IOException {
        Path part = out.resolveSibling(out.getFileName() + ".part");
        CleanCorpus clean = new CleanCorpus(cleaning, corpus, !text);
        try (Writer writer = writer(part, out.toString().endsWith(".gz"))) {
            corpus.forEach(row -> clean.add(row, writer));
        } catch (UncheckedIOException e) {
            Files.deleteIfExists(part);
            throw Objects.requireNonNull(e.getCause());
        } catch (RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, out);
        return clean.report;
    }

    /** Whether it is plain text that is written. */
    private static boolean requireOut(Corpus corpus, Path out) {
        String name = out.getFileName().toString().replaceFirst("\\.gz$", "");
        if (!name.endsWith(".jsonl") && !name.endsWith(".txt")) {
            throw new IllegalArgumentException("--out must end in .jsonl or .txt, also with .gz. Received: " + out);
        }
        boolean text = name.endsWith(".txt");
        if (text && (corpus.isTable() || corpus.unit() == Corpus.Unit.DOCUMENT)) {
            throw new IllegalArgumentException(
                    "a .txt keeps lines or paragraphs of text files (--by line, --by paragraph), but neither where documents"
                            + " end nor other columns; write a .jsonl. Received: " + out);
        }
        if (Files.exists(out)) {
            throw new IllegalArgumentException(out + " exists and is not overwritten; name another file with --out");
        }
        return text;
    }

    private static Writer writer(Path file, boolean packed) throws IOException {
        OutputStream bytes = Files.newOutputStream(file);
        return new BufferedWriter(
                new OutputStreamWriter(packed ? new GZIPOutputStream(bytes) : bytes, StandardCharsets.UTF_8), 1 << 16);
    }

    private void add(Map<String, @Nullable String> row, Writer writer) {
        String raw = Objects.requireNonNullElse(row.get(corpus.column()), "");
        long number = report.read().texts() + 1;
        TextSieve.Verdict verdict = sieve.judge(number, raw);
        report = report.plus(number, raw, verdict);
        if (verdict.rule() != null) {
            return;
        }
        try {
            if (lines) {
                row.put(corpus.column(), verdict.text());
                writer.write(JSON.writeValueAsString(row) + "\n");
            } else {
                writer.write(verdict.text() + (corpus.unit() == Corpus.Unit.PARAGRAPH ? "\n\n" : "\n"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
