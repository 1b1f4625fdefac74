package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.data.ReadOptions;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.preprocess.PlainText;
import org.lungo.preprocess.TextPreprocessor.Form;
import org.lungo.preprocess.cleaning.CleanCorpus;
import org.lungo.preprocess.cleaning.Cleaning;
import org.lungo.preprocess.cleaning.CleaningReport;
import org.lungo.preprocess.cleaning.Corpus;
import org.lungo.preprocess.cleaning.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what is worth keeping of a corpus. */
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description = {
            "Clean the texts of files, folders or a table: Unicode, control characters, HTML, duplicates, lengths,"
                    + " languages.",
            "The corpus is read once, a text at a time, and may be larger than memory; nothing is overwritten."
        },
        footer = {
            "",
            "Examples:",
            "  lungo clean crawl --out clean.jsonl --languages en,zh --min-characters 200 --max-repeated 0.3",
            "  lungo clean reviews.csv --column review --out reviews.jsonl",
            "  lungo clean corpus.txt --by paragraph --out corpus-clean.txt"
        })
final class CleanCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CORPUS", description = "Text files, a folder or pattern of them, or a table; also .gz.")
    private String location = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "A new .jsonl with all columns, or .txt of lines or paragraphs; also .gz.")
    private Path out = Path.of("");

    @Option(
            names = "--by",
            paramLabel = "document|paragraph|line",
            description = "What counts as one text in a text file (default: the document).")
    private Corpus.Unit unit = Corpus.Unit.DOCUMENT;

    @Option(names = "--column", paramLabel = "COL", description = "The column of a table's texts (default: text).")
    private String column = "text";

    @Option(
            names = "--duplicates",
            paramLabel = "SHARE",
            description = "Leave out texts that share at least this part of their 5-grams with an earlier text (0.8);"
                    + " 1 leaves out only texts of equal words, 0 keeps all.")
    private double duplicates = Cleaning.DEFAULTS.duplicates();

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "en|zh|other",
            description = "Keep texts in these languages, and texts too short to recognise.")
    private List<Language> languages = new ArrayList<>();

    @Option(names = "--min-characters", paramLabel = "N", description = "Leave out texts of fewer characters.")
    private int minCharacters = Cleaning.Limits.NONE.minCharacters();

    @Option(names = "--max-characters", paramLabel = "N", description = "Leave out texts of more characters.")
    private int maxCharacters = Cleaning.Limits.NONE.maxCharacters();

    @Option(
            names = "--min-letters",
            paramLabel = "SHARE",
            description = "Leave out texts with a smaller share of letters.")
    private double minLetters;

    @Option(
            names = "--max-repeated",
            paramLabel = "SHARE",
            description = "Leave out texts with a larger share of characters in repeated lines.")
    private double maxRepeated = 1;

    @Option(names = "--unicode", paramLabel = "none|nfc|nfkc", description = "The Unicode normalisation form (nfc).")
    private Form unicode = Form.NFC;

    @Option(names = "--keep-html", description = "Leave HTML tags and entities as they are.")
    private boolean keepHtml;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of the hash functions.")
    private long seed;

    @Mixin
    private ReadArguments reading = new ReadArguments();

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Cleaning.Limits limits = new Cleaning.Limits(minCharacters, maxCharacters, minLetters, maxRepeated);
        Cleaning cleaning = new Cleaning(new PlainText(unicode, !keepHtml), limits, languages, duplicates, seed);
        Corpus corpus = new Corpus(location, reading.over(ReadOptions.DEFAULTS), column, unit);
        long start = System.nanoTime();
        CleaningReport report = CleanCorpus.write(cleaning, corpus, out);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("file", out.toString());
            map.putAll(report.toMap());
            map.put("seconds", seconds);
            System.out.println(ConfigFile.JSON.writeValueAsString(map));
            return 0;
        }
        System.out.println(report.toText());
        System.out.printf(
                Locale.ROOT,
                "%s in %.1f s (%.1f million characters a second)%n",
                out,
                seconds,
                report.read().characters() / 1e6 / seconds);
        return 0;
    }
}
