package org.lungo.family.labelling;

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
import org.lungo.nn.Parameters;
import org.lungo.tensor.Scope;

/** Taggers: models that give the tokens of texts labels, such as names of people and places. */
public final class Labelling implements Family {
    /** The name of the family. */
    public static final String NAME = "labelling";

    private static final int WARM_UPS = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "a tagger";
    }

    @Override
    public String use() {
        return "lungo predict lets it label texts";
    }

    @Override
    public Facts inspect(Path folder) throws IOException {
        int files = Manifest.verify(folder).files().size();
        LabelBundle bundle = LabelBundle.load(folder);
        long parameters = Parameters.of(bundle.model()).count();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("task", "labels");
        values.put("labels", bundle.model().labels());
        values.put("splitting", bundle.splitting());
        values.put("parameters", parameters);
        values.put("verified_files", files);
        return new Facts(
                String.format(
                        Locale.ROOT,
                        "A tagger of %,d parameters; texts become tokens by %s%nLabels: %s%n%s, and the golden"
                                + " sentences have the labels that they had.",
                        parameters,
                        bundle.splitting().toString().toLowerCase(Locale.ROOT),
                        String.join(", ", bundle.model().labels()),
                        Facts.verified(files)),
                values);
    }

    @Override
    public Answerer open(Path folder, Serving serving) throws IOException {
        Labeller labeller = Labeller.load(folder);
        for (int i = 0; i < WARM_UPS; i++) {
            labeller.label(SharedLabeller.EXAMPLE);
        }
        ServeConfig config = serving.overrules().apply(ServeConfig.load(folder));
        return new SharedAnswerer<>(new SharedLabeller(labeller), config, serving, 1);
    }

    @Override
    public BatchOrder first(BatchOrder whole, Path scratch, long limit) {
        return LabelFiles.isNamedSo(whole.input())
                ? new BatchOrder(whole.input(), scratch.resolve("answers.conll").toString(), limit, whole.rows())
                : Family.super.first(whole, scratch, limit);
    }

    @Override
    public BatchResult predict(Path folder, BatchOrder order, BatchListener listener) throws IOException {
        order.requireNoRowOptions(folder, "a tagger, which labels a whole file");
        try (Scope scope = Scope.open()) {
            long start = System.nanoTime();
            Labeller labeller = Labeller.load(folder);
            TextFileJob job = TextFileJob.of(order, labeller.bundle().encoding(), listener);
            LabelPrediction done = LabelPrediction.run(labeller, job);
            double seconds = (System.nanoTime() - start) / 1e9;
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("texts", done.texts());
            values.put("tokens", done.tokens());
            values.put("entities", done.entities());
            values.put("seconds", BatchResult.rounded(seconds));
            String text = String.format(
                    Locale.ROOT,
                    "%,d texts of %,d tokens labelled, %,d entities found in %.1f s: %s",
                    done.texts(),
                    done.tokens(),
                    done.entities(),
                    seconds,
                    order.output());
            return new BatchResult(text, values);
        }
    }
}
