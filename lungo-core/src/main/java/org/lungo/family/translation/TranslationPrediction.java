package org.lungo.family.translation;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.LongConsumer;
import org.lungo.data.LineReader;
import org.lungo.deploy.batch.TextFileJob;

/**
 * Translates a file, line by line: as many lines come out as went in.
 *
 * @param texts how many lines were translated
 * @param tokens that were written, the ends included
 */
public record TranslationPrediction(long texts, long tokens) {
    private static final int TEXTS_AT_ONCE = 512;

    /**
     * Translates the lines of the job's input and writes its output.
     *
     * @throws org.lungo.data.DataException naming the line that cannot be used
     * @throws org.lungo.data.BusyException when another process writes the output
     * @throws IllegalArgumentException when a line is longer than the model's context, saying which
     */
    public static TranslationPrediction run(Translator translator, TextFileJob job, Translator.Settings settings)
            throws IOException {
        return job.write(out -> {
            try (LineReader lines = job.lines()) {
                return lines(translator, lines, out, settings, TEXTS_AT_ONCE, job::answered);
            }
        });
    }

    /**
     * Translates lines as they come.
     *
     * @param maxLines how many lines are waited for before some are translated
     * @param answered receives the number of lines translated so far
     */
    public static TranslationPrediction lines(
            Translator translator,
            LineReader lines,
            Writer writer,
            Translator.Settings settings,
            int maxLines,
            LongConsumer answered)
            throws IOException {
        long texts = 0;
        long tokens = 0;
        while (lines.hasNext()) {
            List<String> some = lines.next(maxLines);
            for (Translator.Translation translation : translator.translateAll(some, settings, texts + 1)) {
                writer.write(oneLine(translation.text()) + "\n");
                tokens += translation.tokens();
            }
            writer.flush();
            texts += some.size();
            answered.accept(texts);
        }
        return new TranslationPrediction(texts, tokens);
    }

    /** The text with a space for everything that ends a line for some reader: CR, U+0085 and U+2028 among them. */
    static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
