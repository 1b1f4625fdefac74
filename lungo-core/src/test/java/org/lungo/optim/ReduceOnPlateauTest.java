package org.lungo.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lungo.optim.ReduceOnPlateau.Config;

final class ReduceOnPlateauTest {
    @Test
    void lowersTheRateAfterMoreThanPatienceEpochsWithoutABest() {
        ReduceOnPlateau plateau = new ReduceOnPlateau(new Config(0.5, 2, 0, false), Schedule.constant(8));
        for (double loss : new double[] {1, 1, 1}) {
            plateau.epochEnded(loss);
        }
        assertThat(plateau.learningRate(1)).isEqualTo(8);
        plateau.epochEnded(1);
        assertThat(plateau.learningRate(1)).isEqualTo(4);
    }

    @Test
    void startsToCountAnewAtEachBest() {
        ReduceOnPlateau plateau = new ReduceOnPlateau(new Config(0.5, 1, 0, true), Schedule.constant(8));
        for (double accuracy : new double[] {0.5, 0.5, 0.6, 0.6}) {
            plateau.epochEnded(accuracy);
        }
        assertThat(plateau.learningRate(1)).isEqualTo(8);
    }

    @Test
    void takesNoNanForABest() {
        ReduceOnPlateau plateau = new ReduceOnPlateau(new Config(0.5, 0, 0, false), Schedule.constant(8));
        plateau.epochEnded(Double.NaN);
        plateau.epochEnded(1);
        plateau.epochEnded(Double.NaN);
        assertThat(plateau.learningRate(1)).isEqualTo(2);
        assertThat(plateau.state().best()).isEqualTo(1);
    }

    @Test
    void goesOnFromASavedState() {
        ReduceOnPlateau first = new ReduceOnPlateau(new Config(0.5, 0, 0, false), Schedule.constant(8));
        first.epochEnded(1);
        first.epochEnded(2);
        ReduceOnPlateau second = new ReduceOnPlateau(new Config(0.5, 0, 0, false), Schedule.constant(8));
        second.load(first.state());
        second.epochEnded(2);
        assertThat(second.learningRate(1)).isEqualTo(2);
    }

    @Test
    void defaultsAreThoseOfPyTorch() {
        assertThat(Config.DEFAULTS).isEqualTo(new Config(0.1, 10, 1e-4, false));
    }
}
