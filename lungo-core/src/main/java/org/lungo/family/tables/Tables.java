package org.lungo.family.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Field;
import org.lungo.data.Task;
import org.lungo.deploy.Facts;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Family;
import org.lungo.deploy.serving.Serving;
import org.lungo.deploy.serving.SharedAnswerer;
import org.lungo.preprocess.FittedTarget;

/** Models for the rows of tables. */
public final class Tables implements Family {
    /** The name of the family. */
    public static final String NAME = "tables";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "a model for tables";
    }

    @Override
    public String use() {
        return "lungo predict lets it answer for rows";
    }

    @Override
    public Facts inspect(Path folder) throws IOException {
        Inspection inspection = Inspection.of(folder);
        return new Facts(text(inspection), map(inspection));
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
        lines.add(Facts.verified(inspection.files()) + ", and the golden rows answer as they did.");
        return String.join(System.lineSeparator(), lines);
    }

    private static Map<String, @Nullable Object> map(Inspection inspection) {
        FittedTarget target = inspection.predictor().target();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        List<String> targets = target.columns();
        map.put("target", targets.size() == 1 ? targets.get(0) : targets);
        map.put("task", target.task());
        map.put("classes", target.classes());
        map.put("threshold", target.task() == Task.BINARY ? target.threshold() : null);
        map.put("features", inspection.predictor().features().fields());
        map.put("verified_files", inspection.files());
        map.put("unlisted_files", inspection.unlisted());
        return map;
    }

    /** Requests that do not share passes are computed by as many threads as there are cores. */
    @Override
    public Answerer open(Path folder, Serving serving) throws IOException {
        Predictor predictor = Predictor.load(folder);
        ServeConfig config = serving.overrules().apply(predictor.serve());
        SharedPredictor shared = new SharedPredictor(predictor);
        shared.warmUp(config);
        int threads = config.maxBatch() == 1 ? Runtime.getRuntime().availableProcessors() : 1;
        return new SharedAnswerer<>(shared, config, serving, threads);
    }
}
