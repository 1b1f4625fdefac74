package org.lungo.server.openai;

import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.TokenScore;

/**
 * Passes the scores of tokens on.
 *
 * @param logprobs where they are collected, or null where they were not asked for
 * @param wantsAnswers whether texts are written; else prompts are scored alone
 */
record Scores(@Nullable TokenLogprobs logprobs, boolean wantsAnswers) implements TextQuestion.Pieces {
    @Override
    public void scored(int answer, TokenScore token) {
        if (logprobs != null) {
            logprobs.add(answer, token);
        }
    }

    @Override
    public boolean wantsPrompts() {
        return logprobs != null && logprobs.echo();
    }

    @Override
    public void prompted(int answer, TokenScore token) {
        scored(answer, token);
    }

    /** The logprobs of the tokens of {@code answer} since the last call; null where they were not asked for. */
    @Nullable
    Object take(int answer) {
        return logprobs == null ? null : logprobs.take(answer);
    }
}
