package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Field;
import org.lungo.data.Task;
import org.lungo.deploy.Inspection;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.Predictor;
import org.lungo.deploy.labels.LabelBundle;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.deploy.translation.TranslationBundle;
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
    @Parameters(paramLabel = "RUN", description = "A run folder or its model folder.")
    private Path run = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (LabelBundle.isIn(run)) {
            return labels();
        }
        if (TranslationBundle.isIn(run)) {
            return translation();
        }
        if (LanguageBundle.isIn(run)) {
            return language();
        }
        Inspection inspection = Inspection.of(run);
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(map(inspection)));
        } else {
            print(inspection);
        }
        return 0;
    }

    private int language() throws IOException {
        int files = Manifest.verify(run).files().size();
        try (Scope scope = Scope.open()) {
            TextBundle bundle = TextBundle.load(run);
            if (json) {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("parameters", bundle.parameters());
                map.put("vocabulary", bundle.vocabulary());
                map.put("context", bundle.context());
                map.put("verified_files", files);
                System.out.println(JsonMapper.shared().writeValueAsString(map));
            } else {
                System.out.printf(
                        Locale.ROOT,
                        "A %s of %,d parameters that knows %,d tokens and sees %,d at once%n"
                                + "Every file is as its manifest says (%d files).%n",
                        bundle instanceof BertBundle ? "BERT" : "language model",
                        bundle.parameters(),
                        bundle.vocabulary(),
                        bundle.context(),
                        files);
            }
        }
        return 0;
    }

    private int labels() throws IOException {
        int files = Manifest.verify(run).files().size();
        try (Scope scope = Scope.open()) {
            LabelBundle bundle = LabelBundle.load(run);
            long parameters = org.lungo.nn.Parameters.of(bundle.model()).count();
            if (json) {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("task", "labels");
                map.put("labels", bundle.model().labels());
                map.put("splitting", bundle.splitting());
                map.put("parameters", parameters);
                map.put("verified_files", files);
                System.out.println(JsonMapper.shared().writeValueAsString(map));
            } else {
                System.out.printf(
                        Locale.ROOT,
                        "A tagger of %,d parameters; texts become tokens by %s%nLabels: %s%n"
                                + "Every file is as its manifest says (%d files), and the golden sentences have the labels"
                                + " that they had.%n",
                        parameters,
                        bundle.splitting().toString().toLowerCase(Locale.ROOT),
                        String.join(", ", bundle.model().labels()),
                        files);
            }
        }
        return 0;
    }

    private int translation() throws IOException {
        int files = Manifest.verify(run).files().size();
        try (Scope scope = Scope.open()) {
            Transformer model = TranslationBundle.load(run).model();
            long parameters = org.lungo.nn.Parameters.of(model).count();
            int vocabulary = model.config().vocabulary();
            int context = model.config().context();
            if (json) {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("task", "translation");
                map.put("parameters", parameters);
                map.put("vocabulary", vocabulary);
                map.put("context", context);
                map.put("verified_files", files);
                System.out.println(JsonMapper.shared().writeValueAsString(map));
            } else {
                System.out.printf(
                        Locale.ROOT,
                        "Translates texts of up to %,d tokens: %,d parameters, %,d tokens known%n"
                                + "Every file is as its manifest says (%d files).%n",
                        context,
                        parameters,
                        vocabulary,
                        files);
            }
        }
        return 0;
    }

    private static void print(Inspection inspection) {
        Predictor predictor = inspection.predictor();
        FittedTarget target = predictor.target();
        System.out.println("Predicts '" + target.column() + "': " + target.task() + ", " + target.describe());
        if (target.task() == Task.BINARY) {
            System.out.println("'" + target.classes().get(1) + "' from a probability of " + target.threshold() + " on");
        }
        for (Field field : predictor.features().fields()) {
            System.out.printf("  %-24s %s%n", field.name(), field.kind());
        }
        inspection
                .unlisted()
                .forEach(name -> System.out.println(
                        "note: no manifest lists " + name + "; it is not part of the run and nothing reads it"));
        System.out.println("Every file is as its manifest says (" + inspection.files()
                + " files), and the golden rows answer as they did.");
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
        map.put("verified_files", inspection.files());
        map.put("unlisted_files", inspection.unlisted());
        return map;
    }
}
