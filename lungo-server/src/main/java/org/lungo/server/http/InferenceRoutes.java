package org.lungo.server.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Table;
import org.lungo.family.labelling.LabelAnswerer;
import org.lungo.family.labelling.Labelled;
import org.lungo.family.tables.TableAnswerer;
import org.lungo.family.translation.TranslationAnswerer;
import org.lungo.family.translation.Translator;
import org.lungo.family.translation.Translator.Translation;
import org.lungo.server.metrics.ServerMetrics;
import org.lungo.server.registry.Lease;
import org.lungo.server.registry.Models;
import org.lungo.server.registry.ServedModel;

/** Asking a model: rows in and predictions out, and the Open Inference Protocol. */
final class InferenceRoutes {
    private static final String DEADLINE = "Lungo-Deadline-Ms";

    private final Models models;
    private final ServerMetrics metrics;
    private final Limits limits;
    private final Bodies bodies;
    private final StrictJson json;
    private final Instances instances;
    private final TextInstances texts;

    InferenceRoutes(Models models, ServerMetrics metrics, Limits limits, Bodies bodies) {
        this.models = models;
        this.metrics = metrics;
        this.limits = limits;
        this.bodies = bodies;
        this.json = new StrictJson(limits);
        this.instances = new Instances(json, limits);
        this.texts = new TextInstances(json, limits);
    }

    /** {@code POST /v1/models/{model}:predict}. */
    void predict(Context ctx) {
        answer(ctx, model -> switch (model.kind()) {
            case TAGGER -> labels(model);
            case TRANSLATOR -> translations(model);
            case TABLE, LANGUAGE -> rows(model); // which refuses the latter
        });
    }

    private Question<double[][]> rows(ServedModel model) {
        TableAnswerer tables = model.tables();
        return new Question<>() {
            @Override
            public CompletableFuture<double[][]> ask(byte[] body, long deadline) {
                return tables.score(() -> instances.read(body, tables.predictor()), deadline);
            }

            @Override
            public byte[] answer(double[][] scores) {
                return Answers.predictions(tables.predictor(), scores);
            }
        };
    }

    private Question<List<Labelled>> labels(ServedModel model) {
        LabelAnswerer labels = model.labels();
        return new Question<>() {
            @Override
            public CompletableFuture<List<Labelled>> ask(byte[] body, long deadline) {
                return labels.ask(() -> texts.read(body), deadline);
            }

            @Override
            public byte[] answer(List<Labelled> answers) {
                return TextInstances.labels(answers);
            }
        };
    }

    private Question<List<Translation>> translations(ServedModel model) {
        TranslationAnswerer translations = model.translations();
        return new Question<>() {
            @Override
            public CompletableFuture<List<Translation>> ask(byte[] body, long deadline) {
                return translations.ask(() -> sources(translations, body), deadline);
            }

            @Override
            public byte[] answer(List<Translation> answers) {
                return TextInstances.translations(answers);
            }
        };
    }

    private List<Translator.Source> sources(TranslationAnswerer translations, byte[] body) {
        List<String> read = texts.readTexts(body);
        try {
            return translations.sources(read);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** {@code POST /v2/models/{model}/infer}. */
    void infer(Context ctx) {
        String header = ctx.header("Inference-Header-Content-Length");
        answer(ctx, model -> infer(model, header));
    }

    private Question<double[][]> infer(ServedModel model, @Nullable String header) {
        TableAnswerer tables = model.tables();
        return new Question<>() {
            private @Nullable InferRequest request;

            @Override
            public CompletableFuture<double[][]> ask(byte[] body, long deadline) {
                return tables.score(() -> table(body), deadline);
            }

            private Table table(byte[] body) {
                if (header != null && !header.equals(Integer.toString(body.length))) {
                    throw HttpFailure.badRequest("binary tensor data is not supported; send data as JSON");
                }
                InferRequest read = InferRequest.read(json.object(body), limits);
                request = read;
                return read.table(tables.predictor());
            }

            @Override
            public byte[] answer(double[][] scores) {
                return Answers.infer(Objects.requireNonNull(request), model, scores);
            }
        };
    }

    /** {@code POST /v1/models/{model}:explain}. */
    void explain(Context ctx) {
        try (Lease lease = models.lease(ctx.pathParam("model"), version(ctx))) {
            lease.model().tables();
            throw new HttpFailure(
                    501,
                    "explanations of single predictions are not there yet for "
                            + lease.model().id().name());
        }
    }

    /** What one request asks of a model, and how the answer is told. */
    private interface Question<T> {
        CompletableFuture<T> ask(byte[] body, long deadline);

        byte[] answer(T answers);
    }

    /** Answers at once what this thread has computed itself, the rest later: no thread is held while a request waits. */
    private void answer(Context ctx, Function<ServedModel, Question<?>> asking) {
        long start = System.nanoTime();
        ServedModel model = leased(ctx).model();
        ctx.attribute(AccessLog.MODEL, model.id().toString());
        ctx.future(() -> {
            try {
                Question<?> question = asking.apply(model);
                model.requireRoom();
                return told(ctx, model, question, start);
            } catch (RuntimeException e) {
                count(model, e, start);
                throw e;
            }
        });
    }

    private <T> CompletableFuture<?> told(Context ctx, ServedModel model, Question<T> question, long start) {
        long deadline = start + TimeUnit.MILLISECONDS.toNanos(deadline(ctx, model));
        CompletableFuture<T> asked = bodies.read(ctx, deadline).thenCompose(body -> question.ask(body, deadline));
        BiFunction<@Nullable T, @Nullable Throwable, Boolean> tell = (answers, failure) -> {
            tell(ctx, model, question, answers, failure, start);
            return true;
        };
        // What is there already is told by this thread; what comes later comes in a thread that must not wait for
        // callers.
        return asked.isDone() ? asked.handle(tell) : asked.handleAsync(tell, JettyRequest.threads(ctx));
    }

    private Lease leased(Context ctx) {
        try {
            Lease lease = models.lease(ctx.pathParam("model"), version(ctx));
            JettyRequest.atEnd(ctx, lease::close);
            return lease;
        } catch (RuntimeException e) {
            metrics.answered(HttpFailure.of(e).status());
            throw e;
        }
    }

    private <T> void tell(
            Context ctx,
            ServedModel model,
            Question<T> question,
            @Nullable T answers,
            @Nullable Throwable failure,
            long start) {
        try {
            if (answers == null) {
                throw failure instanceof CompletionException e ? e : new CompletionException(failure);
            }
            ctx.header("Lungo-Model-Version", Integer.toString(model.id().version()));
            ctx.contentType("application/json").result(question.answer(answers));
            metrics.answered(model.id(), 200, System.nanoTime() - start);
        } catch (RuntimeException e) {
            count(model, e, start);
            throw e;
        }
    }

    private void count(ServedModel model, RuntimeException failure, long start) {
        int code = HttpFailure.of(failure).status();
        if (code == 504) {
            metrics.refused("deadline");
        }
        metrics.answered(model.id(), code, System.nanoTime() - start);
    }

    static long deadline(Context ctx, ServedModel model) {
        String given = ctx.header(DEADLINE);
        int own = model.config().deadlineMs();
        if (given == null) {
            return own;
        }
        if (!given.matches("\\d{1,9}") || Integer.parseInt(given) == 0) {
            throw HttpFailure.badRequest(DEADLINE + " must be milliseconds, 1 or more. Received: "
                    + (given.length() > 40 ? given.substring(0, 40) + "..." : given));
        }
        return Math.min(own, Integer.parseInt(given));
    }

    /** The version in the path, or null. */
    static @Nullable Integer version(Context ctx) {
        String version = ctx.pathParamMap().get("version");
        if (version == null) {
            return null;
        }
        if (!version.matches("\\d{1,9}")) {
            throw new HttpFailure(
                    404,
                    "versions are numbers; there is no version '"
                            + (version.length() > 40 ? version.substring(0, 40) + "..." : version) + "'");
        }
        return Integer.valueOf(version);
    }
}
