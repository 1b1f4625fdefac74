package org.lungo.family.tables.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.lungo.evaluate.Metrics;
import org.lungo.tensor.Check;
import org.lungo.train.EpochReport;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;

/** How a model for tables is trained. In a file, the keys of {@code rate} and {@code objective} stand among the others. */
public record TableTraining(
        @JsonPropertyDescription("The maximum number of passes over the training rows.")
        int epochs,

        @JsonPropertyDescription("The number of rows per step.")
        int batchSize,

        @JsonUnwrapped TrainConfig.Rate rate,

        @JsonPropertyDescription("How the parameters are updated.")
        OptimizerChoice optimizer,

        @JsonUnwrapped Objective objective,

        @JsonPropertyDescription("When training ends before `epochs`.")
        TrainConfig.EarlyStop earlyStop,

        @JsonPropertyDescription("Settings that are rarely changed.")
        TrainConfig.More more) {
    /** Learning rate, weight decay and patience as in TabM (arXiv:2410.24210, appendix D). */
    public static final TableTraining DEFAULTS = new TableTraining(
            200,
            128,
            TrainConfig.Rate.DEFAULTS,
            OptimizerChoice.DEFAULTS,
            Objective.DEFAULTS,
            TrainConfig.EarlyStop.DEFAULTS,
            TrainConfig.More.DEFAULTS);

    /** For a BERT that was trained before: Devlin et al. 2018, arXiv:1810.04805, appendix A.3, with a cosine. */
    public static final TableTraining OF_BERT = new TableTraining(
            3,
            32,
            new TrainConfig.Rate(5e-5, new ScheduleConfig(ScheduleConfig.Type.COSINE, 0.3, 0.1, 10, 0, 1e-4)),
            new OptimizerChoice(
                    OptimizerChoice.Type.ADAMW,
                    0,
                    false,
                    0.01,
                    List.of(0.9, 0.999),
                    1e-6,
                    OptimizerChoice.Constants.OF_MATRICES),
            Objective.DEFAULTS,
            TrainConfig.EarlyStop.DEFAULTS,
            TrainConfig.More.DEFAULTS);

    public TableTraining {
        Check.positive("epochs", epochs);
        Check.positive("batch_size", batchSize);
        if (!earlyStop.monitor().equals(EpochReport.VAL_LOSS)) {
            Metrics.named(earlyStop.monitor().substring(EpochReport.VALIDATION.length()));
        }
    }

    /** These settings for the trainer. */
    TrainConfig config() {
        return new TrainConfig(epochs, rate, optimizer, earlyStop, more);
    }
}
