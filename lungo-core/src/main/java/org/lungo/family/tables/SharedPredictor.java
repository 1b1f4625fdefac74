package org.lungo.family.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.data.Kind;
import org.lungo.data.Suggestion;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.serving.BadInstanceException;
import org.lungo.deploy.serving.Form;
import org.lungo.deploy.serving.Shared;
import org.lungo.preprocess.Encoded;
import org.lungo.preprocess.FittedTarget;

/** A model for tables that is served: rows in, predictions out. */
record SharedPredictor(Predictor predictor, Form form) implements Shared<Encoded, double[][]> {
    private static final int WARM_UPS = 20;

    SharedPredictor(Predictor predictor) {
        this(predictor, form(predictor));
    }

    private static Form form(Predictor predictor) {
        FittedTarget target = predictor.target();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("target", target.column());
        facts.put("task", target.task().toString());
        facts.put("classes", target.classes());
        facts.put("threshold", target.threshold());
        facts.put("features", predictor.features().fields());
        facts.put("choices", predictor.choices());
        List<Form.Column> inputs = predictor.features().fields().stream()
                .map(field -> field.kind() == Kind.NUMBER
                        ? Form.Column.numbers(field.name())
                        : Form.Column.texts(field.name()))
                .toList();
        return new Form(
                view(target.task()), inputs, outputs(target), ExampleRows.of(predictor), facts, predictor.leftOut());
    }

    private static Form.View view(Task task) {
        if (task == Task.REGRESSION) {
            return Form.View.VALUE;
        }
        return task == Task.MULTILABEL ? Form.View.LABELS : Form.View.CLASS;
    }

    private static List<Form.Column> outputs(FittedTarget target) {
        if (target.task() == Task.REGRESSION) {
            return List.of(Form.Column.numbers("value"));
        }
        Form.Column probabilities = Form.Column.numbers("probabilities", target.classes());
        return target.task() == Task.MULTILABEL
                ? List.of(probabilities)
                : List.of(Form.Column.texts("label"), probabilities);
    }

    /** Passes of one row and of a full batch, until the virtual machine and libtorch have seen them. */
    void warmUp(ServeConfig config) {
        List<Map<String, @Nullable Object>> golden = predictor.golden().rows();
        if (golden.isEmpty()) {
            return;
        }
        int[] one = {0};
        int[] full = new int[config.maxBatch()];
        Table rows = predictor.parse(golden);
        for (int i = 0; i < full.length; i++) {
            full[i] = i % golden.size();
        }
        for (int i = 0; i < WARM_UPS; i++) {
            predictor.scores(predictor.encode(rows.select(one)));
            predictor.scores(predictor.encode(rows.select(full)));
        }
    }

    @Override
    public Encoded read(List<@Nullable Object> instances) {
        List<String> names = predictor.features().names();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Object instance : instances) {
            rows.add(row(rows.size() + 1, instance, names, form.ignored()));
        }
        try {
            return predictor.encode(predictor.parse(rows));
        } catch (DataException e) {
            throw new BadInstanceException(firstBad(rows) + e.getMessage());
        }
    }

    @SuppressWarnings("unchecked") // JSON has no other keys than texts
    private static Map<String, @Nullable Object> row(
            int number, @Nullable Object instance, List<String> names, List<String> ignored) {
        if (!(instance instanceof Map)) {
            throw new BadInstanceException(
                    "row " + number + " must be an object. Received: " + BadInstanceException.kind(instance));
        }
        Map<String, @Nullable Object> row = (Map<String, @Nullable Object>) instance;
        row.forEach((name, value) -> {
            if (!ignored.contains(name)) {
                check(number, name, value, names);
            }
        });
        return row;
    }

    private static void check(int number, String name, @Nullable Object value, List<String> names) {
        if (!names.contains(name)) {
            throw new BadInstanceException("row " + number + ": unknown field '" + name + "'"
                    + Suggestion.sentence(name, names) + " Fields: " + String.join(", ", names));
        }
        if (value instanceof Map || value instanceof List) {
            throw new BadInstanceException("row " + number + ": field '" + name
                    + "' must be a text, a number, true, false or null. Received: "
                    + BadInstanceException.kind(value));
        }
        if (value instanceof Double given && !Double.isFinite(given)) {
            throw new BadInstanceException("row " + number + ": field '" + name
                    + "' must be a finite number. Received: one beyond the range of 64-bit floating point");
        }
    }

    /** {@code "row 3: "} for the first row that cannot be used. */
    private String firstBad(List<Map<String, @Nullable Object>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            try {
                predictor.encode(predictor.parse(List.of(rows.get(i))));
            } catch (DataException e) {
                return "row " + (i + 1) + ": ";
            }
        }
        return "";
    }

    @Override
    public int size(Encoded request) {
        return request.rows();
    }

    @Override
    public boolean isBrief(Encoded request) {
        return true;
    }

    @Override
    public List<double[][]> pass(List<Encoded> requests) {
        double[][] all = predictor.scores(Encoded.concat(requests));
        List<double[][]> scores = new ArrayList<>();
        int at = 0;
        for (Encoded request : requests) {
            scores.add(Arrays.copyOfRange(all, at, at + request.rows()));
            at += request.rows();
        }
        return scores;
    }

    @Override
    public List<Map<String, Object>> perInstance(double[][] scores) {
        return Shared.lazily(
                Arrays.asList(scores), row -> predictor.prediction(row).toMap());
    }
}
