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
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Family;
import org.lungo.deploy.serving.Serving;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.GoldenTokens;
import org.lungo.deploy.text.TextBundle;
import org.lungo.deploy.text.TextServing;
import org.lungo.model.Precision;

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
                        "A %s of %,d parameters that knows %,d tokens and sees %,d at once%n%s.%n%s%s",
                        bundle instanceof BertBundle ? "BERT" : "language model",
                        bundle.parameters(),
                        bundle.vocabulary(),
                        bundle.context(),
                        Facts.verified(files),
                        GoldenTokens.replayed(examples),
                        rounded == null
                                ? ""
                                : " It is served in " + rounded
                                        + ", as its serve.json says: they are not replayed then,"
                                        + " as rounded weights answer otherwise."),
                values);
    }

    @Override
    public Answerer open(Path folder, Serving serving) throws IOException {
        return TextAnswerer.load(folder, serving);
    }
}
