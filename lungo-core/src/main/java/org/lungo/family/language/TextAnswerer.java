package org.lungo.family.language;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.BadInstanceException;
import org.lungo.deploy.serving.Entrance;
import org.lungo.deploy.serving.Form;
import org.lungo.deploy.serving.ModelMetrics;
import org.lungo.deploy.serving.Rejected;
import org.lungo.deploy.serving.Serving;
import org.lungo.deploy.serving.WrongKindException;
import org.lungo.deploy.text.AnswersTexts;
import org.lungo.deploy.text.ChatTemplate;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.TextBundle;
import org.lungo.deploy.text.TextInstance;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.TextServing;
import org.lungo.deploy.text.Written;
import org.lungo.model.Precision;
import org.lungo.tensor.Check;

/**
 * Answers for a language model, or for a BERT, which embeds texts alone. Its thread writes a token of every running text in
 * one pass; between passes texts that have ended leave, and the oldest that wait take their places.
 */
final class TextAnswerer implements Answerer, AnswersTexts {
    /** Texts to try: a model that writes goes on with the first, others compare them. */
    private static final List<String> EXAMPLES =
            List.of("Ada Lovelace lived in London.", "She wrote programs for a machine.");

    private static final int FEW_TOKENS = 50;

    private final TextBundle bundle;
    private final @Nullable Writer writer;
    private final int width; // of vectors
    private final TextServing config;
    private final ModelMetrics metrics;
    private final Entrance entrance;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<TextJob> running = new ArrayList<>();

    private record Waiting(TextJob job, TextRequest request) {}

    /** What a model that writes has more than one that reads alone. */
    private record Writer(TextGenerator generator, TextBatch batch, ChatTemplate chat) {}

    private TextAnswerer(
            TextBundle bundle, @Nullable Writer writer, int width, TextServing config, ModelMetrics metrics) {
        this.bundle = bundle;
        this.width = width;
        this.writer = writer;
        this.config = config;
        this.metrics = metrics;
        this.entrance = new Entrance(config.config(), metrics, "texts");
    }

    /** Loads a model folder and writes a few tokens, or reads one. */
    static TextAnswerer load(Path folder, Serving serving) throws IOException {
        TextServing config = TextServing.load(folder).over(serving.overrules(), serving.options());
        if (TextBundle.isBert(folder)) {
            Precision precision = config.precision();
            if (precision != null) {
                Check.that(precision == Precision.FP32, "a BERT is served in fp32; leave the precision out", precision);
            }
            TextBundle bundle = TextBundle.load(folder);
            int width = new TextEmbedder(bundle).embed(List.of(0L)).length;
            return new TextAnswerer(bundle, null, width, config, serving.metrics());
        }
        TextGenerator generator = TextGenerator.load(folder, config.precision());
        TextBatch batch = new TextBatch(generator, config.maxTexts());
        generator.generate("", new GenerationSettings(4, Sampling.GREEDY, List.of(), 1), t -> {});
        Writer writer = new Writer(generator, batch, ChatTemplate.in(folder));
        return new TextAnswerer(generator.bundle(), writer, 0, config, serving.metrics());
    }

    @Override
    public TextBundle bundle() {
        return bundle;
    }

    /** One that is written on needs room for one more, a BERT for those around it. */
    @Override
    public int maxTokens() {
        return writer == null ? new TextEmbedder(bundle).maxTokens() : bundle.context() - 1;
    }

    @Override
    public boolean writes() {
        return writer != null;
    }

    @Override
    public void requireWriter() {
        writer();
    }

    private Writer writer() {
        if (writer == null) {
            throw new WrongKindException("the model reads texts and writes none; ask it at /v1/embeddings");
        }
        return writer;
    }

    /** The settings by which instances are continued; callers who want others use OpenAI's form. */
    static GenerationSettings few(Sampling sampling) {
        return new GenerationSettings(FEW_TOKENS, sampling, List.of(), 42);
    }

    @Override
    public Sampling sampling() {
        return writer().generator().bundle().defaults().sampling();
    }

    @Override
    public ChatTemplate chat() {
        return writer().chat();
    }

    @Override
    public List<Long> tokens(String text) {
        int[] ids = bundle.tokenizer().encode(text);
        return java.util.Arrays.stream(ids).mapToObj(id -> (long) id).toList();
    }

    @Override
    public CompletableFuture<List<Written>> generate(TextQuestion question, long deadline) {
        writer();
        TextJob job = new TextJob(question, metrics, System.nanoTime());
        synchronized (this) {
            requireRoom();
            job.requests().forEach(request -> waiting.add(new Waiting(job, request)));
            notifyAll();
        }
        return Entrance.inTime(job.answer(), deadline);
    }

    @Override
    public CompletableFuture<List<float[]>> embed(List<List<Long>> texts, long deadline) {
        CompletableFuture<List<float[]>> answer = new CompletableFuture<>();
        TextEmbedder embedder = new TextEmbedder(bundle);
        List<float[]> vectors = new ArrayList<>();
        synchronized (this) {
            requireRoom();
            for (List<Long> text : texts) {
                tasks.add(() -> {
                    if (!answer.isDone()) {
                        answering(answer, () -> vectors.add(embedder.embed(text)));
                    }
                    if (vectors.size() == texts.size()) {
                        metrics.tokens(texts.stream().mapToInt(List::size).sum(), 0);
                        answer.complete(vectors);
                    }
                });
            }
            notifyAll();
        }
        return Entrance.inTime(answer, deadline);
    }

    private static void answering(CompletableFuture<?> answer, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public Form form() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("task", writes() ? "text" : "embedding");
        facts.put("context", bundle.context());
        facts.put("vocabulary", bundle.vocabulary());
        Form.Column output = writes()
                ? Form.Column.texts("text")
                : new Form.Column("embedding", "FP32", List.of(-1, width), List.of());
        return new Form(
                writes() ? Form.View.WRITING : Form.View.SIMILARITY,
                List.of(Form.Column.texts("text")),
                List.of(output),
                examples(),
                facts);
    }

    private List<Map<String, String>> examples() {
        Stream<String> texts = EXAMPLES.stream().map(this::fitting);
        return (writes()
                        ? texts.limit(1)
                        : texts.filter(text -> !text.isEmpty()).distinct())
                .map(text -> Map.of("text", text))
                .toList();
    }

    /** As much of {@code text} as the model has room for; nothing where its tokenizer cannot write it. */
    private String fitting(String text) {
        String example = text;
        while (!example.isEmpty() && !fits(example)) {
            example = example.substring(0, Math.max(0, example.lastIndexOf(' ')));
        }
        return example;
    }

    private boolean fits(String text) {
        try {
            return tokens(text).size() <= maxTokens();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Continues each text by some tokens, or embeds it. */
    @Override
    public CompletableFuture<List<Map<String, Object>>> predict(
            Supplier<List<@Nullable Object>> instances, long deadline) {
        List<List<Long>> texts = read(instances.get());
        if (!writes()) {
            return embed(texts, deadline)
                    .thenApply(vectors ->
                            vectors.stream().map(TextAnswerer::fields).toList());
        }
        TextQuestion question = new TextQuestion(texts, 1, few(sampling()), -1, TextQuestion.Pieces.NONE);
        return generate(question, deadline)
                .thenApply(all -> all.stream().map(TextAnswerer::fields).toList());
    }

    /** The answer for a text that was continued. */
    static Map<String, Object> fields(Written text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("text", text.text());
        fields.put("ended", text.stopped());
        return fields;
    }

    /** The answer for a text that was embedded. */
    static Map<String, Object> fields(float[] vector) {
        return Map.of("embedding", vector);
    }

    private List<List<Long>> read(List<@Nullable Object> instances) {
        int queue = config.config().queue();
        if (writes() && instances.size() > queue) {
            throw new BadInstanceException("a request may ask for " + queue + " texts at most (queue). Received: "
                    + instances.size() + " instances");
        }
        List<List<Long>> all = new ArrayList<>();
        for (TextInstance instance :
                writes() ? TextInstance.readPrompts(instances) : TextInstance.read(instances, false)) {
            int number = all.size() + 1;
            List<Long> tokens;
            try {
                tokens = tokens(instance.text());
            } catch (IllegalArgumentException e) {
                throw new BadInstanceException(
                        "instance " + number + " cannot be read by this model's tokenizer: " + e.getMessage());
            }
            if (tokens.size() > maxTokens() || tokens.isEmpty() && !writes()) {
                throw new BadInstanceException("instance " + number + " must have " + (writes() ? "at most " : "1 to ")
                        + maxTokens() + " tokens. Received: " + tokens.size() + " tokens");
            }
            all.add(tokens);
        }
        return all;
    }

    @Override
    public ServeConfig config() {
        return config.config();
    }

    @Override
    public Object described() {
        return config;
    }

    @Override
    public synchronized int depth() {
        return waiting.size() + tasks.size();
    }

    @Override
    public synchronized void requireRoom() {
        entrance.requireRoom(depth());
    }

    @Override
    public void run() throws InterruptedException {
        try {
            while (awaitWork()) {
                for (Runnable task = task(); task != null; task = task()) {
                    task.run();
                }
                if (writer != null) {
                    pass(writer.batch());
                }
            }
        } finally {
            abandon();
        }
    }

    /** Waits until there is something to do; false when nothing will be any more. */
    private synchronized boolean awaitWork() throws InterruptedException {
        while (!entrance.isClosed() && depth() == 0 && written() == 0) {
            wait();
        }
        return depth() > 0 || written() > 0;
    }

    /** How many texts are being written. */
    private int written() {
        return writer == null ? 0 : writer.batch().size();
    }

    private synchronized @Nullable Runnable task() {
        return tasks.poll();
    }

    private synchronized @Nullable Waiting next(TextBatch batch) {
        return batch.isFull() ? null : waiting.poll();
    }

    /** Lets texts in, then writes a token of each. A failure fails all running texts. */
    private void pass(TextBatch batch) {
        try {
            for (Waiting next = next(batch); next != null; next = next(batch)) {
                if (next.job().isWanted()) {
                    metrics.queued(System.nanoTime() - next.job().arrived());
                    running.add(next.job());
                    batch.add(next.request());
                }
            }
            long start = System.nanoTime();
            int texts = batch.size();
            if (texts > 0) {
                batch.step();
                metrics.batch(texts, System.nanoTime() - start);
            }
            running.removeIf(job -> job.answer().isDone());
        } catch (RuntimeException | Error e) {
            batch.clear();
            running.forEach(job -> job.answer().completeExceptionally(e));
            running.clear();
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    @Override
    public synchronized void close() {
        entrance.close();
        notifyAll();
    }

    /** Ends the writing: texts that still wait or run, after a failure, fail with it. */
    private synchronized void abandon() {
        entrance.close();
        Rejected gone = Entrance.stopped();
        running.forEach(job -> job.answer().completeExceptionally(gone));
        waiting.forEach(left -> left.job().answer().completeExceptionally(gone));
        waiting.clear();
    }
}
