package org.lungo.family.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.ModelMetrics;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.TokenScore;
import org.lungo.deploy.text.Written;

/** A {@link TextQuestion} on its way: what is to be written, and what was written so far. */
final class TextJob {
    private final TextQuestion question;
    private final ModelMetrics metrics;
    private final long arrived;
    private final @Nullable Written[] written;
    private final CompletableFuture<List<Written>> answer = new CompletableFuture<>();
    private int missing;
    private boolean begun;

    TextJob(TextQuestion question, ModelMetrics metrics, long arrived) {
        this.question = question;
        this.metrics = metrics;
        this.arrived = arrived;
        this.missing = question.answers();
        this.written = new Written[missing];
    }

    long arrived() {
        return arrived;
    }

    CompletableFuture<List<Written>> answer() {
        return answer;
    }

    boolean isWanted() {
        return !answer.isDone() && question.pieces().isWanted();
    }

    /** One request of the batch for each answer. */
    List<TextRequest> requests() {
        List<TextRequest> requests = new ArrayList<>();
        for (int i = 0; i < written.length; i++) {
            requests.add(new TextRequest(
                    question.prompts().get(i / question.choices()),
                    question.settings(),
                    i % question.choices(),
                    question.likeliest(),
                    new Answer(i)));
        }
        return requests;
    }

    private final class Answer implements TextRequest.Listener {
        private final int index;

        Answer(int index) {
            this.index = index;
        }

        @Override
        public boolean isWanted() {
            return TextJob.this.isWanted();
        }

        @Override
        public void begun() {
            if (!begun) {
                metrics.firstToken(System.nanoTime() - arrived);
                begun = true;
            }
        }

        @Override
        public boolean wantsText() {
            return question.pieces().wantsAnswers();
        }

        @Override
        public void scored(TokenScore token) {
            question.pieces().scored(index, token);
        }

        @Override
        public boolean wantsPrompt() {
            return question.pieces().wantsPrompts();
        }

        @Override
        public void prompted(TokenScore token) {
            question.pieces().prompted(index, token);
        }

        @Override
        public void written(String piece) {
            question.pieces().written(index, piece);
        }

        @Override
        public void ended(Written text) {
            metrics.tokens(text.promptTokens(), text.tokens());
            written[index] = text;
            missing--;
            question.pieces().ended(index, text);
            if (missing == 0) {
                answer.complete(Arrays.stream(written)
                        .map(java.util.Objects::requireNonNull)
                        .toList());
            }
        }
    }
}
