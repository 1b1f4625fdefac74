package org.lungo.family.tables.training;

import java.util.List;
import java.util.Locale;
import org.lungo.data.Finding;
import org.lungo.data.Rows;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.family.tables.TableBundle;
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
    static Learned of(TableConfig config, Prepared data, Rows train) {
        Schema features = data.features(config.target().names());
        FittedTarget target = FittedTarget.fit(train, config.target().names(), data.task());
        Table sample = train.sample(config.preprocess().rows(), Random.of(config.seed()).stream("sample"));
        FittedTable table =
                config.preprocess().fit(sample, features, config.model().transforms(config.preprocess()));
        return new Learned(target, table, sample);
    }

    /**
     * Refuses targets of rows to validate or test on that the training rows do not have.
     *
     * @throws org.lungo.data.DataException E305 naming the first
     */
    void requireKnown(Parts parts) {
        parts.validation().forEachChunk(target::known);
        target.known(parts.test());
    }

    /** What a model is given and must give. */
    Inputs inputs() {
        return TableBundle.inputs(table, target);
    }

    /** Texts that are longer than what is read of them. */
    List<Finding> findings() {
        return table.texts().stream()
                .filter(text -> text.shortened() > 0)
                .map(text -> new Finding(
                        Finding.Kind.SHORTENED,
                        text.column(),
                        String.format(
                                Locale.ROOT,
                                "of '%s' the first %,d %s are read; %.1f %% of the training rows have more. preprocess.text.whole"
                                        + " and preprocess.text.max_tokens change that",
                                text.column(),
                                text.length(),
                                text.unit(),
                                100 * text.shortened())))
                .toList();
    }
}
