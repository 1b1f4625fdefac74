package org.lungo.family.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.deploy.text.TextServing;
import org.lungo.model.Precision;
import org.lungo.model.huggingface.GenerationConfig;
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
        boolean listed = Files.exists(folder.resolve(Manifest.NAME)) || !ModelFolder.isComplete(folder);
        int files = listed ? Manifest.verify(folder).files().size() : 0;
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
        String drawn = bundle instanceof LanguageBundle writer ? drawn(writer, values) : "";
        return new Facts(
                String.format(
                                Locale.ROOT,
                                "A %s with %,d parameters, a vocabulary of %,d tokens and a context of %,d tokens%n%s.%n%s%s",
                                bundle instanceof BertBundle ? "BERT" : "language model",
                                bundle.parameters(),
                                bundle.vocabulary(),
                                bundle.context(),
                                listed
                                        ? Facts.verified(files)
                                        : "It has no manifest, as folders of Hugging Face's: its files are not verified",
                                listed ? GoldenTokens.replayed(examples) : "It has no golden examples.",
                                rounded == null
                                        ? ""
                                        : " It is served in " + rounded
                                                + ", as its serve.json says: they are not replayed,"
                                                + " as rounded weights give different answers.")
                        + drawn,
                values);
    }

    /** What the model says of how its texts end and are drawn. */
    private static String drawn(LanguageBundle bundle, Map<String, @Nullable Object> values) {
        List<String> ends = bundle.defaults().generation().ends().stream()
                .map(id -> bundle.tokenizer().has(id.intValue())
                        ? bundle.tokenizer().token(id.intValue())
                        : "token " + id)
                .toList();
        Map<String, Number> sampling =
                new TreeMap<>(bundle.defaults().generation().sampling());
        sampling.computeIfPresent("top_k", (key, count) -> count.intValue());
        values.put("end_tokens", ends);
        values.put("sampling", sampling);
        String end = ends.isEmpty() ? "" : String.format("%nIts texts end at %s.", String.join(", ", ends));
        return sampling.isEmpty()
                ? end
                : end + " Unless asked otherwise it draws with "
                        + sampling.entrySet().stream()
                                .map(value -> value.getKey() + " " + value.getValue())
                                .collect(Collectors.joining(", "))
                        + " (" + GenerationConfig.FILE + ").";
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
