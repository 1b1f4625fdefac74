package org.lungo.experiment;

import org.lungo.data.Rows;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.deploy.Bundle;
import org.lungo.model.Inputs;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Random;

/**
 * What is learned from the training rows before a network is made.
 *
 * @param sample the training rows that scales and categories were learned from
 */
record Learned(FittedTarget target, FittedTable table, Table sample) {
    static Learned of(ExperimentConfig config, Task task, Schema features, Rows train) {
        FittedTarget target = FittedTarget.fit(train, config.target().names(), task);
        Table sample = train.sample(config.preprocess().rows(), Random.of(config.seed()).stream("sample"));
        return new Learned(target, config.preprocess().fit(sample, features), sample);
    }

    /** What a model is given and must give. */
    Inputs inputs() {
        return Bundle.inputs(table, target);
    }
}
