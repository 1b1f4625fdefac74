package org.lungo.family.translation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Facts;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.batch.BatchListener;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchResult;
import org.lungo.deploy.batch.TextFileJob;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Family;
import org.lungo.deploy.serving.Serving;
import org.lungo.deploy.serving.SharedAnswerer;
import org.lungo.deploy.text.GoldenTokens;
import org.lungo.model.Transformer;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Scope;

/** Models that translate texts. */
public final class Translation implements Family {
    /** The name of the family. */
    public static final String NAME = "translation";

    private static final int WARM_UPS = 3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "a translation model";
    }

    @Override
    public String instances() {
        return "lines";
    }

    @Override
    public String use() {
        return "lungo translate gives it texts";
    }

    @Override
    public Facts inspect(Path folder) throws IOException {
        int files = Manifest.verify(folder).files().size();
        Transformer model = TranslationBundle.load(folder).model();
        long parameters = Parameters.of(model).count();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("task", "translation");
        values.put("parameters", parameters);
        values.put("vocabulary", model.config().vocabulary());
        values.put("context", model.config().context());
        values.put("verified_files", files);
        int examples = GoldenTokens.load(folder).examples().size();
        values.put("golden_examples", examples);
        return new Facts(
                String.format(
                        Locale.ROOT,
                        "Translates texts of up to %,d tokens: %,d parameters, %,d tokens known%n%s.%n%s",
                        model.config().context(),
                        parameters,
                        model.config().vocabulary(),
                        Facts.verified(files),
                        GoldenTokens.replayed(examples)),
                values);
    }

    @Override
    public Answerer open(Path folder, Serving serving) throws IOException {
        Translator translator = Translator.load(folder);
        for (int i = 0; i < WARM_UPS; i++) {
            translator.translate(SharedTranslator.example(translator), Translator.Settings.DEFAULTS);
        }
        ServeConfig config = serving.overrules().apply(ServeConfig.load(folder));
        return new SharedAnswerer<>(new SharedTranslator(translator), config, serving, 1);
    }

    @Override
    public BatchOrder first(BatchOrder whole, Path scratch, long limit) {
        return new BatchOrder(whole.input(), scratch.resolve("answers.txt").toString(), limit, whole.rows());
    }

    @Override
    public BatchResult predict(Path folder, BatchOrder order, BatchListener listener) throws IOException {
        order.requireNoRowOptions(folder, "a translation model, which works line by line");
        try (Scope scope = Scope.open()) {
            long start = System.nanoTime();
            TranslationPrediction done = TranslationPrediction.run(
                    Translator.load(folder), TextFileJob.of(order, "utf-8", listener), Translator.Settings.DEFAULTS);
            double seconds = (System.nanoTime() - start) / 1e9;
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("texts", done.texts());
            values.put("tokens", done.tokens());
            values.put("seconds", BatchResult.rounded(seconds));
            String text = String.format(
                    Locale.ROOT,
                    "%,d texts translated, %,d tokens written in %.1f s: %s",
                    done.texts(),
                    done.tokens(),
                    seconds,
                    order.output());
            return new BatchResult(text, values);
        }
    }
}
