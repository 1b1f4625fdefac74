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
import org.lungo.data.Field;
import org.lungo.data.Task;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelKind;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.family.labelling.LabelBundle;
import org.lungo.family.tables.Inspection;
import org.lungo.family.tables.Predictor;
import org.lungo.family.translation.TranslationBundle;
import org.lungo.model.Transformer;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Checks every file of a run or model and says what the model needs and answers. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Verify every file of a run; show what its model needs and what it answers.",
        footer = {"", "Example: lungo inspect runs/customers-001"})
final class InspectCommand implements Callable<Integer> {
    private static final String FILES = "verified_files";

    @Parameters(paramLabel = "RUN", description = "A run folder or its model folder.")
    private Path run = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Inspection.requireFolder(run);
        try (Scope scope = Scope.open()) {
            ModelKind kind = ModelKind.of(run);
            Description description = switch (kind) {
                case TABLE -> table();
                case LANGUAGE -> language();
                case TAGGER -> labels();
                case TRANSLATOR -> translation();
            };
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("family", kind.family());
            values.putAll(description.values());
            System.out.println(json ? JsonMapper.shared().writeValueAsString(values) : description.text());
        }
        return 0;
    }

    /**
     * What is known of a model.
     *
     * @param text for a person
     * @param values for a program
     */
    private record Description(String text, Map<String, @Nullable Object> values) {}

    private Description language() throws IOException {
        int files = Manifest.verify(run).files().size();
        TextBundle bundle = TextBundle.load(run);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("parameters", bundle.parameters());
        values.put("vocabulary", bundle.vocabulary());
        values.put("context", bundle.context());
        values.put(FILES, files);
        return new Description(
                String.format(
                        Locale.ROOT,
                        "A %s of %,d parameters that knows %,d tokens and sees %,d at once%n%s.",
                        bundle instanceof BertBundle ? "BERT" : "language model",
                        bundle.parameters(),
                        bundle.vocabulary(),
                        bundle.context(),
                        verified(files)),
                values);
    }

    private Description labels() throws IOException {
        int files = Manifest.verify(run).files().size();
        LabelBundle bundle = LabelBundle.load(run);
        long parameters = org.lungo.nn.Parameters.of(bundle.model()).count();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("task", "labels");
        values.put("labels", bundle.model().labels());
        values.put("splitting", bundle.splitting());
        values.put("parameters", parameters);
        values.put(FILES, files);
        return new Description(
                String.format(
                        Locale.ROOT,
                        "A tagger of %,d parameters; texts become tokens by %s%nLabels: %s%n%s, and the golden"
                                + " sentences have the labels that they had.",
                        parameters,
                        bundle.splitting().toString().toLowerCase(Locale.ROOT),
                        String.join(", ", bundle.model().labels()),
                        verified(files)),
                values);
    }

    private Description translation() throws IOException {
        int files = Manifest.verify(run).files().size();
        Transformer model = TranslationBundle.load(run).model();
        long parameters = org.lungo.nn.Parameters.of(model).count();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("task", "translation");
        values.put("parameters", parameters);
        values.put("vocabulary", model.config().vocabulary());
        values.put("context", model.config().context());
        values.put(FILES, files);
        return new Description(
                String.format(
                        Locale.ROOT,
                        "Translates texts of up to %,d tokens: %,d parameters, %,d tokens known%n%s.",
                        model.config().context(),
                        parameters,
                        model.config().vocabulary(),
                        verified(files)),
                values);
    }

    private static String verified(int files) {
        return "Every file is as its manifest says (" + files + " files)";
    }

    private Description table() throws IOException {
        Inspection inspection = Inspection.of(run);
        return new Description(text(inspection), map(inspection));
    }

    private static String text(Inspection inspection) {
        List<String> lines = new ArrayList<>();
        Predictor predictor = inspection.predictor();
        FittedTarget target = predictor.target();
        lines.add("Predicts '" + target.column() + "': " + target.task() + ", " + target.describe());
        if (target.task() == Task.BINARY) {
            lines.add("'" + target.classes().get(1) + "' from a probability of " + target.threshold() + " on");
        }
        for (Field field : predictor.features().fields()) {
            lines.add(String.format("  %-24s %s", field.name(), field.kind()));
        }
        inspection
                .unlisted()
                .forEach(name -> lines.add(
                        "note: no manifest lists " + name + "; it is not part of the run and nothing reads it"));
        lines.add(verified(inspection.files()) + ", and the golden rows answer as they did.");
        return String.join(System.lineSeparator(), lines);
    }

    private static Map<String, @Nullable Object> map(Inspection inspection) {
        Predictor predictor = inspection.predictor();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        List<String> targets = predictor.target().columns();
        map.put("target", targets.size() == 1 ? targets.get(0) : targets);
        map.put("task", predictor.target().task());
        map.put("classes", predictor.target().classes());
        map.put(
                "threshold",
                predictor.target().task() == Task.BINARY ? predictor.target().threshold() : null);
        map.put("features", predictor.features().fields());
        map.put(FILES, inspection.files());
        map.put("unlisted_files", inspection.unlisted());
        return map;
    }
}
