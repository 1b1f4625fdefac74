package org.lungo.family.tables.training;

import java.util.random.RandomGenerator;
import org.lungo.data.Batch;
import org.lungo.data.Mixture;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * Blends each row with another one of its batch, what the model read and the loss alike. Zhang et al. 2017,
 * arXiv:1710.09412, section 2: numbers and the vectors of categories, before the first layer; Guo et al. 2019,
 * arXiv:1905.08941, section 3: the vectors of texts, before the last one. The share of a row is drawn from Beta(alpha, alpha),
 * one for a batch.
 *
 * @param alpha small values blend little, 1 by any share; in (0, 1]
 */
public record Mixup(double alpha) implements BatchTransform {
    public Mixup {
        Check.that(alpha > 0 && alpha <= 1, "mixup must be above 0 and at most 1", alpha);
    }

    @Override
    public Batch apply(Batch batch, Random random) {
        int[] order = random.stream("partners")
                .permutation(Math.toIntExact(batch.features().rows()));
        long[] partners = new long[order.length];
        for (int row = 0; row < order.length; row++) {
            partners[row] = order[row];
        }
        double share = share(random.stream("share").generator());
        Mixture mixture = new Mixture(Tensor.of(partners, partners.length), share);
        return new Batch(batch.features().mixed(mixture), batch.targets());
    }

    /** A draw from Beta(alpha, alpha) by Johnk's method, in logarithms: u^(1/alpha) of two that sum to at most 1. */
    double share(RandomGenerator random) {
        while (true) {
            double one = Math.log(1 - random.nextDouble()) / alpha;
            double other = Math.log(1 - random.nextDouble()) / alpha;
            double max = Math.max(one, other);
            double sum = Math.exp(one - max) + Math.exp(other - max);
            if (max + Math.log(sum) <= 0) {
                return Math.exp(one - max) / sum;
            }
        }
    }
}
