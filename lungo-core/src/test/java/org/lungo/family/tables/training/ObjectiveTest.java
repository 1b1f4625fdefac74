package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lungo.data.Task;
import org.lungo.loss.BinaryCrossEntropy;
import org.lungo.loss.ClassWeighted;
import org.lungo.loss.CrossEntropy;
import org.lungo.loss.Huber;
import org.lungo.loss.Loss;
import org.lungo.loss.MeanAbsoluteError;
import org.lungo.loss.MeanSquaredError;
import org.lungo.tensor.Scope;

class ObjectiveTest {
    @Test
    void takesTheUsualLossOfTheTask() {
        assertThat(loss(LossChoice.Type.AUTO, Task.REGRESSION)).isEqualTo(new MeanSquaredError());
        assertThat(loss(LossChoice.Type.AUTO, Task.MULTICLASS)).isEqualTo(new CrossEntropy(null, 0.1));
        assertThat(loss(LossChoice.Type.AUTO, Task.BINARY)).isEqualTo(new BinaryCrossEntropy(null, 0.1));
        assertThat(loss(LossChoice.Type.AUTO, Task.MULTILABEL)).isEqualTo(new BinaryCrossEntropy(null, 0.1));
    }

    @Test
    void takesTheNamedLoss() {
        assertThat(loss(LossChoice.Type.MEAN_ABSOLUTE_ERROR, Task.REGRESSION)).isEqualTo(new MeanAbsoluteError());
        assertThat(new LossChoice(LossChoice.Type.HUBER, 0.5).build(Task.REGRESSION, 0))
                .isEqualTo(new Huber(0.5));
        assertThatThrownBy(() -> new LossChoice(LossChoice.Type.AUTO, 0.5))
                .hasMessage("delta is a constant of loss: huber. Received: delta: 0.5 with loss: auto");
    }

    /** By scikit-learn's definition, n / (classes * n_c): 10 rows, of which 6, 3 and 1. */
    @Test
    void balancesTheClasses() {
        assertThat(ClassWeights.BALANCED.of(6, 3, 1))
                .containsExactly(new double[] {10 / 18.0, 10 / 9.0, 10 / 3.0}, within(1e-15));
        assertThat(ClassWeights.NONE.of(6, 3, 1)).containsExactly(1, 1, 1);
    }

    @Test
    void weighsByTheTrainingRows() {
        Objective objective = new Objective(LossChoice.DEFAULTS, ClassWeights.BALANCED, Augment.DEFAULTS);
        try (Scope scope = Scope.open()) {
            Loss loss = objective.build(Task.BINARY, 0, 2, 0, 0, 0, 1);
            assertThat(((ClassWeighted) loss).weights().toDoubles())
                    .containsExactly(new double[] {4 / 6.0, 2}, within(1e-7)); // float32
        }
    }

    @Test
    void refusesToBalanceTwice() {
        assertThatThrownBy(() -> new Objective(LossChoice.DEFAULTS, ClassWeights.BALANCED, new Augment(true, 0)))
                .hasMessageContaining("choose one. Received: class_weights: balanced, oversample: true");
        assertThatThrownBy(() -> new Augment(false, -1)).hasMessageContaining("noise must be");
    }

    private static Loss loss(LossChoice.Type type, Task task) {
        return new LossChoice(type, 1).build(task, 0.1);
    }
}
