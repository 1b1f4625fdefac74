package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.experiment.Order;
import org.lungo.experiment.Run;
import org.lungo.family.Families;
import org.lungo.family.Studies;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.registry.Place;
import org.lungo.train.Listener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every family is trained, evaluated, served and exported, and docs/families.md holds the results. A family is a line of
 * {@link #CASES}; a refusal gives its reason.
 */
@Tag("slow")
class FamilyContractTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path TABLE = ROOT.resolve("docs/families.md");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MODEL = "model/manifest.json"; // lists the weights and the golden answers

    private static final String SMALL =
            " --set model.layers=1 --set model.heads=2 --set model.hidden=16 --set model.context=16 --set train.epochs=2";
    private static final String SHORT = " --set train.steps_per_epoch=10 --set tokenizer.size=60";

    /** Files, by the line of each and how often it is repeated with another number. */
    private static final Map<String, String> FILES = Map.of(
            "table.csv", "age,plan,churn\n%d,gold,yes\n-%d,free,no\n",
            "notes.csv", "note,good\nfine number %d,yes\nbad number %d,no\n",
            "corpus.txt", "To be, or not to be, that is the question: %d.\n",
            "words.conll", "Ada B-PER\nlives O\nin O\nRome B-LOC\n%d O\n\n",
            "a.de", "ein Hund läuft %d\n",
            "a.en", "a dog runs %d\n",
            "new.txt", "Ada lives in Rome %d\n",
            "begun.txt", "To be %d\n"); // fewer tokens than the context

    /**
     * A family, or a kind of model of one.
     *
     * @param train the words behind {@code lungo train}
     * @param metric one of its metrics
     * @param data what it answers for, a file
     * @param out the ending of its answers
     * @param export a form for other programs
     */
    private record Case(String name, String train, String metric, String data, String out, String export) {}

    private static final List<Case> CASES = List.of(
            new Case("tables", "table.csv --target churn --set train.epochs=3", "roc_auc", "table.csv", "csv", "onnx"),
            new Case(
                    "tables with texts",
                    "notes.csv --target good --set train.epochs=3 --set features={note: text}",
                    "roc_auc",
                    "notes.csv",
                    "csv",
                    "onnx"),
            new Case("language", "corpus.txt" + SMALL + SHORT, "perplexity", "begun.txt", "jsonl", "huggingface"),
            new Case(
                    "language (BERT)",
                    "corpus.txt --set model.type=bert" + SMALL + SHORT,
                    "perplexity",
                    "begun.txt",
                    "jsonl",
                    "huggingface"),
            new Case("labelling", "words.conll --set train.epochs=3", "f1", "new.txt", "jsonl", "onnx"),
            new Case(
                    "translation",
                    "a.de --to a.en --set model.encoder_layers=1 --set model.decoder_layers=1 --set model.hidden=16"
                            + " --set train.epochs=2 --set tokenizer.size=300",
                    "bleu",
                    "a.de",
                    "txt",
                    "onnx"));

    @TempDir
    private Path folder;

    private final Map<String, String> reasons = new LinkedHashMap<>();

    @Test
    void everyFamilyGoesTheWholeWay() throws Exception {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), repeated(file.getValue()));
        }
        List<Map<String, String>> found = new ArrayList<>();
        for (Case family : CASES) {
            found.add(tried(family));
        }
        String table = table(found);
        Files.writeString(Path.of("target/families.md"), table); // what the page is to be
        assertThat(Files.exists(TABLE) ? Files.readString(TABLE) : "").as(table).isEqualTo(table);
    }

    @Test
    void theReadmesShowTheTable() throws IOException {
        List<String> cells = Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("|"))
                .toList();
        assertThat(cells).hasSizeGreaterThan(10);
        for (String readme : List.of("README.md", "README.zh.md")) {
            assertThat(Files.readString(ROOT.resolve(readme))).contains(String.join("\n", cells));
        }
    }

    /** Lines with other numbers, under the first line where it is a heading. */
    private static String repeated(String lines) {
        boolean headed = lines.contains(",");
        int end = headed && !lines.startsWith("To be") ? lines.indexOf('\n') + 1 : 0;
        return lines.substring(0, end)
                + IntStream.range(0, 120)
                        .mapToObj(i -> lines.substring(end).replace("%d", String.valueOf(i)))
                        .collect(Collectors.joining());
    }

    private Map<String, String> tried(Case family) throws Exception {
        Map<String, String> can = new LinkedHashMap<>();
        Path run = folder.resolve("run-" + family.name().replaceAll("\\W+", ""));
        can.put("check", said(family, "check " + family.train()));
        can.put("train", said(family, "train " + family.train() + " --progress none --out " + run));
        assertThat(can).as(reasons.toString()).containsEntry("train", "yes");
        JsonNode metrics = JSON.readTree(Files.readString(run.resolve("metrics.json")));
        can.put("report", yes(Files.readString(run.resolve("report.html")).contains("<html")));
        can.put("baseline", yes(!metrics.get("baseline").isEmpty()));
        can.put("intervals", yes(!metrics.get("intervals").isEmpty()));
        can.put("gates", gates(family));
        can.put("evaluate", said(family, "evaluate " + run));
        can.put("golden examples", yes(Files.exists(run.resolve("model/golden.json"))));
        can.put("resume", yes(resumes(run)));
        can.put("no training code", answersWithoutTraining(run));
        can.put("predict", said(family, "predict " + run + " " + family.data() + " --out " + run + "." + family.out()));
        serve(run, can);
        can.put("smoke", said(family, "train " + family.train() + " --smoke"));
        can.put(
                "folds",
                said(
                        family,
                        "train " + family.train() + " --set evaluate.folds=2 --progress none --out " + run + "-folds"));
        can.put("export", said(family, "export " + run + " --to " + family.export() + " --out " + run + ".export"));
        can.put("schema", yes(schemaIsCurrent(Families.of(run).name())));
        return can;
    }

    /** Whether the same run, cut off behind its first epoch, goes on from there and ends with the same model. */
    private static boolean resumes(Path run) throws IOException {
        Path config = run.resolve("config.resolved.yaml");
        Order order = new Order(config.toString(), Files.readString(config), Map.of(), List.of());
        Run<?, ?> again = Run.of(Studies.of(order), order);
        Path cut = Path.of(run + "-cut");
        CutOff listener = new CutOff();
        assertThatThrownBy(() -> again.into(cut, listener)).hasMessage(CutOff.MESSAGE);
        again.into(cut, listener);
        return listener.resumedAfter == 1
                && Files.readString(cut.resolve(MODEL)).equals(Files.readString(run.resolve(MODEL)));
    }

    /** Cuts the first run off when its second epoch begins. */
    private static final class CutOff implements Listener {
        static final String MESSAGE = "cut off";

        private int resumedAfter;

        @Override
        public void resumed(int epoch) {
            resumedAfter = epoch;
        }

        @Override
        public void epochStarted(int epoch, int batches, long rows) {
            if (epoch == 1) {
                pause();
            } else if (resumedAfter == 0) {
                throw new IllegalStateException(MESSAGE);
            }
        }

        /** Checkpoints are at least two seconds apart. */
        private static void pause() {
            long end = System.nanoTime() + 2_100_000_000L;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }
    }

    private static String answersWithoutTraining(Path run) throws ReflectiveOperationException {
        String said = new TrainingRefused().ask(run);
        return yes(said.contains("Every file is as its manifest says") && said.contains("\nanswers {"));
    }

    /** Whether the documents hold what {@code lungo schema} prints. */
    private static boolean schemaIsCurrent(String family) throws IOException {
        boolean first = family.equals(Studies.all().get(0).family().name()); // its files are without the name
        String schema = first ? "config.schema.json" : family + ".schema.json";
        String reference = first ? "reference.md" : family + "-reference.md";
        return Shell.run("schema", family).out().equals(Files.readString(TABLE.resolveSibling(schema)))
                && Shell.run("schema", family, "--markdown")
                        .out()
                        .equals(Files.readString(TABLE.resolveSibling(reference)));
    }

    private static String yes(boolean found) {
        return found ? "yes" : "no";
    }

    /** Yes, or the number of the reason; whatever fails otherwise is no refusal. */
    private String said(Case family, String command) {
        Shell shell = Shell.run(words(command));
        if (shell.code() == 0) {
            return "yes";
        }
        assertThat(shell.code())
                .as(family.name() + ": lungo " + command + "\n" + shell.err())
                .isEqualTo(2);
        String reason = shell.err()
                .strip()
                .replace(folder.toString() + "/", "")
                .replaceAll("run-\\w+", "RUN")
                .replaceFirst("^error \\w+: ", "")
                .lines()
                .findFirst()
                .orElse("");
        return reasons.computeIfAbsent(reason, key -> String.valueOf(reasons.size() + 1));
    }

    /** The files of a command are in the folder. */
    private String[] words(String command) {
        return Arrays.stream(command.split(" (?!text\\})"))
                .map(word -> FILES.containsKey(word) ? folder.resolve(word).toString() : word)
                .toArray(String[]::new);
    }

    private String gates(Case family) {
        List<String> words = new ArrayList<>(List.of(words("train " + family.train() + " --progress none")));
        words.addAll(List.of("--set", "evaluate.gates={" + family.metric() + ": '>=1e9'}", "--out"));
        words.add(
                folder.resolve("gated-" + family.name().replaceAll("\\W+", "")).toString());
        Shell shell = Shell.run(words.toArray(String[]::new));
        assertThat(shell.code()).as(family.name() + "\n" + shell.err()).isEqualTo(4);
        return "yes";
    }

    /** The server's own example, at both addresses, and the view that its page draws. */
    private static void serve(Path run, Map<String, String> can) throws IOException, InterruptedException {
        try (ModelServer server = ModelServer.start(config(), List.of(Place.parse("m=" + run)), c -> c)) {
            JsonNode model = JSON.readTree(ask(server.url() + "/v1/models/m", null));
            JsonNode example = model.at("/examples/0");
            String answer = ask(server.url() + "/v1/models/m:predict", "{\"instances\":[" + example + "]}");
            can.put("serve", yes(answer.startsWith("{\"predictions\":[{")));
            List<String> inputs = new ArrayList<>();
            for (JsonNode input :
                    JSON.readTree(ask(server.url() + "/v2/models/m", null)).get("inputs")) {
                JsonNode value = example.path(input.get("name").asString());
                inputs.add("{\"name\":" + input.get("name") + ",\"datatype\":" + input.get("datatype")
                        + ",\"shape\":[1],\"data\":[" + value + "]}");
            }
            String tensors =
                    ask(server.url() + "/v2/models/m/infer", "{\"inputs\":[" + String.join(",", inputs) + "]}");
            can.put("v2 infer", yes(JSON.readTree(tensors).at("/outputs/0/data").size() > 0));
            can.put("page", model.get("view").asString());
        }
    }

    private static ServerConfig config() {
        ServerConfig usual = ServerConfig.DEFAULTS;
        return new ServerConfig(
                usual.host(), 0, usual.security(), usual.limits(), 1, usual.watchMillis(), usual.accessLog());
    }

    private static String ask(String url, @Nullable String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> reply =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(url + " " + reply.body()).isEqualTo(200);
        return reply.body();
    }

    private String table(List<Map<String, String>> found) {
        StringBuilder text = new StringBuilder("""
                # What every family can do

                `FamilyContractTest` tries every cell and keeps this page: it trains a small model of each family and uses it in every
                way that Lungo has. A number stands for a refusal, whose message is below. `page` is the view in which the server's
                page shows answers. `resume`: a training that is interrupted after an epoch continues to the same weights, bit for
                bit. `no training code`: a class loader that refuses every training class inspects and opens the model and asks it
                its own example. `smoke`: one batch can be overfitted, saved, loaded and predicted. `schema`: the schema and the
                reference in docs equal the output of `lungo schema`.

                """);
        text.append("| | ")
                .append(CASES.stream().map(Case::name).collect(Collectors.joining(" | ")))
                .append(" |\n");
        text.append("|---|").append("---|".repeat(CASES.size())).append('\n');
        for (String capability : found.get(0).keySet()) {
            text.append("| ")
                    .append(capability)
                    .append(" | ")
                    .append(found.stream().map(can -> can.get(capability)).collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
        text.append('\n');
        reasons.forEach((reason, number) ->
                text.append(number).append(". ").append(reason).append('\n'));
        return text.toString();
    }
}
