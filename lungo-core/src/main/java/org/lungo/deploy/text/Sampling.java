package org.lungo.deploy.text;

import org.lungo.tensor.Check;

/**
 * How the next token is chosen from its logits. Applied in this order, as in Hugging Face transformers: frequency and
 * presence penalty (OpenAI's), repetition penalty, temperature, top-k, top-p, min-p.
 *
 * @param temperature what logits are divided by; 0 always takes the likeliest token
 * @param topK only the k likeliest tokens are drawn from; 0 for all. Fan et al. 2018, arXiv:1805.04833
 * @param topP only the likeliest tokens that together just reach this probability are drawn from; 1 for all. Holtzman et al.
 *     2019, arXiv:1904.09751
 * @param minP only tokens at least this many times as likely as the likeliest are drawn from; 0 for all. Nguyen et al. 2024,
 *     arXiv:2407.01082
 * @param repetitionPenalty what the logits of tokens that stand in the text already are divided by (multiplied by, below 0);
 *     1 for none. Keskar et al. 2019, arXiv:1909.05858, section 4.1
 * @param frequencyPenalty what is subtracted from the logit of a token for each time that it was sampled in this text; 0 for
 *     none. OpenAI, "Advanced usage: frequency and presence penalties"
 * @param presencePenalty what is subtracted once from the logits of tokens that were sampled in this text; 0 for none
 */
public record Sampling(
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        double frequencyPenalty,
        double presencePenalty) {
    /** Always the likeliest token. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 1);

    /** From the model's own probabilities, as transformers does when it samples, but without its top-k of 50. */
    public static final Sampling PLAIN = new Sampling(1, 0, 1, 0, 1);

    public Sampling {
        Check.notNegative("temperature", temperature);
        Check.that(topK >= 0, "topK must be at least 0, which takes all tokens", topK);
        Check.that(topP > 0 && topP <= 1, "topP must be above 0 and at most 1", topP);
        Check.between("minP", minP, 0, 1);
        Check.positive("repetitionPenalty", repetitionPenalty);
        Check.that(Double.isFinite(frequencyPenalty), "frequencyPenalty must be a finite number", frequencyPenalty);
        Check.that(Double.isFinite(presencePenalty), "presencePenalty must be a finite number", presencePenalty);
    }

    /** Without penalties for tokens that were sampled. */
    public Sampling(double temperature, int topK, double topP, double minP, double repetitionPenalty) {
        this(temperature, topK, topP, minP, repetitionPenalty, 0, 0);
    }

    /** The same with another temperature. */
    public Sampling temperature(double other) {
        return new Sampling(other, topK, topP, minP, repetitionPenalty, frequencyPenalty, presencePenalty);
    }

    /** The same with the {@code k} likeliest tokens only. */
    public Sampling topK(int k) {
        return new Sampling(temperature, k, topP, minP, repetitionPenalty, frequencyPenalty, presencePenalty);
    }

    /** The same with the likeliest tokens of together {@code p} only. */
    public Sampling topP(double p) {
        return new Sampling(temperature, topK, p, minP, repetitionPenalty, frequencyPenalty, presencePenalty);
    }

    /** The same with tokens at least {@code p} times as likely as the likeliest only. */
    public Sampling minP(double p) {
        return new Sampling(temperature, topK, topP, p, repetitionPenalty, frequencyPenalty, presencePenalty);
    }

    /** The same with another penalty for tokens that stand in the text already. */
    public Sampling repetitionPenalty(double penalty) {
        return new Sampling(temperature, topK, topP, minP, penalty, frequencyPenalty, presencePenalty);
    }

    /** The same with other penalties for tokens that were sampled in this text: for each time, and once. */
    public Sampling sampledPenalties(double frequency, double presence) {
        return new Sampling(temperature, topK, topP, minP, repetitionPenalty, frequency, presence);
    }
}
