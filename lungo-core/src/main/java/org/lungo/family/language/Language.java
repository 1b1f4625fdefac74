package org.lungo.family.language;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Facts;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchResult;
import org.lungo.deploy.batch.TextFileJob;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Family;
import org.lungo.deploy.serving.Serving;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.GoldenTokens;
import org.lungo.deploy.text.TextBundle;
import org.lungo.deploy.text.TextServing;
import org.lungo.model.Precision;
import org.lungo.tensor.Scope;

/** Language models: those that write texts, and BERTs, which read them. */
public final class Language implements Family {
    /** The name of the family. */
    public static final String NAME = TextBundle.FAMILY;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "a language model";
    }

    @Override
    public String use() {
        return "lungo generate lets it write";
    }

    @Override
    public Facts inspect(Path folder) throws IOException {
        int files = Manifest.verify(folder).files().size();
        TextBundle bundle = TextBundle.load(folder);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("parameters", bundle.parameters());
        values.put("vocabulary", bundle.vocabulary());
        values.put("context", bundle.context());
        values.put("verified_files", files);
        int examples = GoldenTokens.load(folder).examples().size();
        Precision held = TextServing.load(ModelFolder.inside(folder)).precision();
        String rounded = examples > 0 && held != null && held != Precision.FP32 ? held.toString() : null;
        values.put("golden_examples", examples);
        values.put("golden_skipped_in", rounded);
        return new Facts(
                String.format(
                        Locale.ROOT,
                        "A %s with %,d parameters, a vocabulary of %,d tokens and a context of %,d tokens%n%s.%n%s%s",
                        bundle instanceof BertBundle ? "BERT" : "language model",
                        bundle.parameters(),
                        bundle.vocabulary(),
                        bundle.context(),
                        Facts.verified(files),
                        GoldenTokens.replayed(examples),
                        rounded == null
                                ? ""
                                : " It is served in " + rounded
                                        + ", as its serve.json says: they are not replayed,"
                                        + " as rounded weights give different answers."),
                values);
    }

    @Override
    public Answerer open(Path folder, Serving serving) throws IOException {
        return TextAnswerer.load(folder, serving);
    }

    /** Continues each text of a file, as it would be served, or turns it into a vector. */
    @Override
    public BatchResult predict(Path folder, BatchOrder order, BatchListener listener) throws IOException {
        boolean reads = TextBundle.isBert(folder);
        order.requireNoRowOptions(
                folder,
                reads
                        ? "a BERT, which embeds the texts of a file"
                        : "a language model, which continues the texts of a file");
        TextFileJob job = TextFileJob.of(order, "utf-8", listener);
        try (Scope scope = Scope.open()) {
            long start = System.nanoTime();
            TextPrediction done = reads
                    ? TextPrediction.embed(new TextEmbedder(TextBundle.load(folder)), job)
                    : continued(folder, job);
            double seconds = (System.nanoTime() - start) / 1e9;
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("texts", done.texts());
            values.put("tokens", done.tokens());
            values.put("seconds", BatchResult.rounded(seconds));
            String text = String.format(
                    Locale.ROOT,
                    reads
                            ? "%,d texts of %,d tokens embedded in %.1f s: %s"
                            : "%,d texts continued, %,d tokens written in %.1f s: %s",
                    done.texts(),
                    done.tokens(),
                    seconds,
                    order.output());
            return new BatchResult(text, values);
        }
    }

    private static TextPrediction continued(Path folder, TextFileJob job) throws IOException {
        TextServing serving = TextServing.load(ModelFolder.inside(folder));
        return TextPrediction.write(TextGenerator.load(folder, serving.precision()), serving.maxTexts(), job);
    }
}
