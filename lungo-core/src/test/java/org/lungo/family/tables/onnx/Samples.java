package org.lungo.family.tables.onnx;

import java.util.List;
import org.lungo.data.ReadOptions;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.family.tables.TableBundle;
import org.lungo.model.Mlp;
import org.lungo.model.Mlp.Normalization;
import org.lungo.nn.Activation;
import org.lungo.nn.Initializers;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;
import org.lungo.preprocess.TablePreprocessor;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/** Bundles whose weights and running statistics are drawn, for {@link People}. */
final class Samples {
    static final Mlp.Config PLAIN =
            new Mlp.Config(List.of(32, 32), Activation.RELU, 0.1, Normalization.NONE, false, 4, 1);

    private static final Table TRAIN = People.train(2000);

    private Samples() {}

    static TableBundle bundle(Mlp.Config config, TablePreprocessor preprocessor, Task task) {
        return bundle(config, preprocessor, task, People.FEATURES);
    }

    static TableBundle bundle(Mlp.Config config, TablePreprocessor preprocessor, Task task, Schema features) {
        FittedTable table = preprocessor.fit(TRAIN, features);
        List<String> targets = switch (task) {
            case BINARY -> List.of("two");
            case MULTICLASS -> List.of("three");
            case MULTILABEL -> List.of("two", "plan");
            case REGRESSION -> List.of("number");
        };
        FittedTarget target = task == Task.MULTILABEL
                ? new FittedTarget(
                        "two, plan",
                        task,
                        targets,
                        0,
                        1,
                        0.4,
                        List.of(
                                new org.lungo.preprocess.Label("two", "no", "yes"),
                                new org.lungo.preprocess.Label("plan", "0", "1")))
                : FittedTarget.fit(TRAIN, targets, task).withThreshold(0.4);
        Mlp model = config.build(TableBundle.inputs(table, target), Random.of(3));
        disturb(model);
        return new TableBundle(config, table, target, new ReadOptions(null, null, "utf-8", List.of(""), null), model);
    }

    /** Weights and statistics as training may leave them, all different. */
    static void disturb(Mlp model) {
        Random random = Random.of(4);
        Parameters.of(model).all().forEach((name, parameter) -> {
            Tensor value = parameter.value();
            if (value.dtype() == DType.FLOAT32) {
                Tensor drawn = Initializers.normal(0.15, random.stream(name), value.shape());
                Tensor base = name.endsWith("variance") ? drawn.abs().add(0.5) : value.add(drawn);
                value.copyInPlace(base);
            }
        });
    }
}
