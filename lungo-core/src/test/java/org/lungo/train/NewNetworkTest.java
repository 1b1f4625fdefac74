package org.lungo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.data.Dataset;
import org.lungo.data.Features;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.NumberColumn;
import org.lungo.data.ReadOptions;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.family.tables.Scorer;
import org.lungo.family.tables.TableBundle;
import org.lungo.family.tables.onnx.OnnxModel;
import org.lungo.family.tables.training.TableLesson;
import org.lungo.loss.MeanSquaredError;
import org.lungo.model.Architecture;
import org.lungo.model.Inputs;
import org.lungo.model.Mlp;
import org.lungo.model.Model;
import org.lungo.model.TableLayers;
import org.lungo.nn.Linear;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;
import org.lungo.preprocess.Scale;
import org.lungo.preprocess.TablePreprocessor;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** A network that the library does not know learns and answers; only its name in configs is a line in a list. */
class NewNetworkTest {
    private static final int ROWS = 64;

    /** A line through the numbers: all that a new network is. */
    private record Line(Linear linear) implements Model {
        @Override
        public Tensor forward(Features features) {
            return linear.forward(features.numbers()); // [rows, outputs]
        }

        @Override
        public int members() {
            return 1;
        }

        record Config() implements Architecture {
            @Override
            public String family() {
                return "line";
            }

            @Override
            public TableLayers saved() {
                return new TableLayers(Mlp.Config.DEFAULTS, null, null);
            }

            @Override
            public Line build(Inputs inputs, Random random) {
                return new Line(new Linear.Config(inputs.numbers(), inputs.outputs(), true).build(random));
            }

            @Override
            public double count(Inputs inputs) {
                return (inputs.numbers() + 1.0) * inputs.outputs();
            }

            @Override
            public double keptPerRow(Inputs inputs) {
                return inputs.numbers() + inputs.outputs();
            }
        }
    }

    @Test
    void learnsAndAnswersAndIsRefusedAsOnnx() {
        double[] x = new double[ROWS];
        double[] y = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            x[row] = Math.sin(row * 1.7);
            y[row] = 3 * x[row] + 1;
        }
        Table rows = Table.of(List.of(new NumberColumn("x", x), new NumberColumn("y", y)));
        FittedTable table = new TablePreprocessor(
                        new TablePreprocessor.Numbers(Scale.STANDARD, true, 0),
                        TablePreprocessor.Categories.DEFAULTS,
                        ROWS)
                .fit(rows, new Schema(List.of(new Field("x", Kind.NUMBER))));
        FittedTarget target = FittedTarget.fit(rows, List.of("y"), Task.REGRESSION);
        try (Scope scope = Scope.open()) {
            Line.Config shape = new Line.Config();
            Line model = shape.build(TableBundle.inputs(table, target), Random.of(1));
            assertThat((double) Parameters.of(model).count()).isEqualTo(shape.count(TableBundle.inputs(table, target)));
            Dataset data = new Dataset(
                    Scorer.features(table.encode(rows)), Tensor.of(target.scaled(rows.column("y")), ROWS, 1));
            TrainConfig config = new TrainConfig(
                    60,
                    new TrainConfig.Rate(0.05, ScheduleConfig.DEFAULTS),
                    OptimizerChoice.DEFAULTS,
                    new TrainConfig.EarlyStop("val_loss", 0, 0),
                    TrainConfig.More.DEFAULTS);
            new Trainer(new TableLesson(model, new MeanSquaredError(), data, data, 8), config, Random.of(1))
                    .fit(null, Listener.NONE);
            TableBundle bundle = new TableBundle(shape, table, target, ReadOptions.DEFAULTS, model);
            double[][] answers = new Scorer(bundle).scores(rows);
            for (int row = 0; row < ROWS; row++) {
                // What 480 steps of AdamW leave of a deviation of 2.
                assertThat(answers[row][0]).isCloseTo(y[row], within(0.2));
            }
            assertThatThrownBy(() -> OnnxModel.of(bundle))
                    .hasMessage("an ONNX file cannot hold a network of type line; serve or predict with the run itself."
                            + " Received: a model of type line");
        }
    }
}
