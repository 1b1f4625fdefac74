package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.WriteLock;
import org.lungo.family.labelling.training.LabellingConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands around a tagger, as a user types them, on the example. */
class LabellingCommandsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path EXAMPLE = ROOT.resolve("examples/entities.conll");
    private static final String IMPORTS = """
            import java.nio.file.Path;
            import org.lungo.family.labelling.Labelled;
            import org.lungo.family.labelling.Labeller;
            import org.lungo.family.labelling.training.LabellingStudy;
            import org.lungo.tensor.Scope;
            import org.lungo.train.Listener;
            """;

    @TempDir
    private static Path folder;

    private static String run;

    @BeforeAll
    static void train() {
        run = folder.resolve("run").toString();
        Shell outcome = Shell.run(
                "train",
                ROOT.resolve("examples/entities.yaml").toString(),
                "--set",
                "data.path='" + EXAMPLE + "'",
                "--set",
                "train.epochs=8",
                "--out",
                run);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("Epoch 8/8", "val_f1", "F1 0.", "lungo predict " + run);
    }

    @Test
    void writesNoFileThatAnotherProcessWrites() throws IOException {
        Path texts = Files.writeString(folder.resolve("busy.txt"), "Rome\n");
        Path out = folder.resolve("busy.jsonl");
        try (WriteLock lock = WriteLock.ofFile(out)) {
            Shell second = Shell.run("predict", run, texts.toString(), "--out", out.toString());
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err()).startsWith("error E107: another process is writing " + out);
        }
    }

    @Test
    void aGateThatIsNotReachedIsTheExitCode() throws IOException {
        String judged = folder.resolve("judged").toString();
        Shell trained = Shell.run(
                "train",
                EXAMPLE.toString(),
                "--set",
                "train.epochs=1",
                "--set",
                "evaluate.gates={f1: '>=0.999', precision: '>=0'}",
                "--out",
                judged);
        assertThat(trained.code()).isEqualTo(4);
        assertThat(trained.err()).startsWith("error E401: gate not reached: f1 must be >=0.999. Received: 0");
        Shell again = Shell.run("evaluate", judged, "--json");
        assertThat(again.code()).isEqualTo(4);
        assertThat(again.out()).contains("\"family\" : \"labelling\"", "\"gates\" : {", "\"unknown_labels\"");
        assertThat(Shell.run("evaluate", judged, EXAMPLE.toString()).out())
                .contains("gate not reached: f1 must be >=0.999.", "gate reached: precision must be >=0.");
        Path config = Path.of(judged, "config.resolved.yaml");
        for (String changed : List.of(Files.readString(config).replace(">=0.999", ">=0.1"), "evaluate: {gates: [")) {
            Files.writeString(config, changed);
            assertThat(Shell.run("evaluate", judged, EXAMPLE.toString()))
                    .matches(o ->
                            o.code() == 5 && o.err().contains("E501") && o.err().contains("was changed"));
        }
    }

    /** The last step of all makes the weights infinite, so that no loss shows it any more. */
    @Test
    void aModelThatDivergedAtTheEndIsNotSaved() {
        Path diverged = folder.resolve("diverged");
        Shell outcome = Shell.run(
                "train",
                EXAMPLE.toString(),
                "--set",
                "train={epochs: 1, batch_tokens: 100000, learning_rate: 1e38}",
                "--out",
                diverged.toString());
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("error E102: training diverged: the answers of the trained model must be finite."
                        + " Received: NaN for the golden sentence [");
        assertThat(diverged.resolve("model")).doesNotExist();
    }

    @Test
    void findsEntitiesInTexts() throws IOException {
        Path texts = Files.writeString(
                folder.resolve("texts.txt"), "Markeny Kenbrison lives in Windtorville.\n\n王小明住在北京市。\n");
        Path out = folder.resolve("out/entities.jsonl");
        Shell outcome = Shell.run("predict", run, texts.toString(), "--out", out.toString());
        assertThat(outcome.out()).startsWith("3 texts of 15 tokens labelled");
        List<JsonNode> lines = Files.readAllLines(out).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).at("/entities/0/text").asString()).isEqualTo("Markeny Kenbrison");
        assertThat(lines.get(0).at("/entities/1").toString())
                .isEqualTo("{\"type\":\"LOC\",\"text\":\"Windtorville\",\"start\":27,\"end\":39}");
        assertThat(lines.get(1).toString()).isEqualTo("{\"text\":\"\",\"tokens\":[],\"labels\":[],\"entities\":[]}");
        assertThat(lines.get(2).at("/entities/1/text").asString()).isEqualTo("北京市");
        Path objects = Files.writeString(
                folder.resolve("in.jsonl"), "{\"id\":7,\"tokens\":[\"王\",\"小\"]}\n{\"text\":\"Hello.\"}\n");
        assertThat(Shell.run("predict", run, objects.toString(), "--out", out.toString(), "--json")
                        .out())
                .startsWith("{\"texts\":2,\"tokens\":4,");
        assertThat(Files.readAllLines(out).get(0)).startsWith("{\"id\":7,\"tokens\":[\"王\",\"小\"],\"labels\":[\"");
    }

    @Test
    void addsAColumnToAFileInColumns() throws IOException {
        Path out = folder.resolve("labelled.conll");
        Path in = Files.writeString(
                folder.resolve("in.conll"), "# one\nWe X O\ntalked X O\n\n-DOCSTART- X O\n王 X B-PER\n");
        assertThat(Shell.run("predict", run, in.toString(), "--out", out.toString())
                        .code())
                .isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(6).contains("# one", "We X O O", "", "-DOCSTART- X O");
        assertThat(lines.get(5)).matches("王 X B-PER (O|B-\\w+)");
        Path bare = Files.writeString(folder.resolve("bare.bio"), "We\ntalked\n");
        assertThat(Shell.run("predict", run, bare.toString(), "--out", out.toString())
                        .code())
                .isZero();
        assertThat(Files.readAllLines(out)).containsExactly("We O", "talked O");
    }

    @Test
    void saysHowGoodItIsAndWhatItIs() {
        assertThat(Shell.run("evaluate", run).out()).startsWith("F1 0.").contains("  PER ");
        Shell again = Shell.run("evaluate", run, EXAMPLE.toString(), "--json");
        assertThat(JsonMapper.shared().readTree(again.out()).get("f1").asDouble())
                .isGreaterThan(0.9);
        assertThat(Shell.run("inspect", run).out()).contains("A tagger of", "by words", "B-LOC", "golden sentences");
        assertThat(Shell.run("inspect", run, "--json").out()).contains("\"splitting\":\"words\"");
        assertThat(Shell.run("check", EXAMPLE.toString()).out())
                .contains("sentences 360 training (3,273 tokens), 45 validation, 45 test", "labels    O, B-LOC, ")
                .contains("tagger, ", "memory    about ", "time      about ")
                .doesNotContain("train.batch_tokens");
        assertThat(Shell.run("check", EXAMPLE.toString(), "--all").out()).contains("train.batch_tokens");
    }

    @Test
    void wrongInputIsRefused() throws IOException {
        Path out = folder.resolve("x.jsonl");
        assertThat(Shell.run("predict", run, EXAMPLE.toString(), "--out", out.toString(), "--keep", "a"))
                .matches(o -> o.code() == 2 && o.err().contains("holds a tagger"));
        assertThat(Shell.run("predict", run, folder.resolve("no.txt").toString(), "--out", out.toString()))
                .matches(o -> o.code() == 3 && o.err().contains("no such file"));
        Path wrong = Files.writeString(folder.resolve("wrong.jsonl"), "{\"text\":\"a\"}\n{\"words\":[]}\n");
        assertThat(Shell.run("predict", run, wrong.toString(), "--out", out.toString()))
                .matches(o -> o.code() == 3 && o.err().contains("wrong.jsonl:2: expected an object"));
        assertThat(out).doesNotExist();
        assertThat(Shell.run("export", run, "--to", "onnx", "--out", "x.onnx"))
                .matches(o -> o.code() == 2 && o.err().contains("holds a tagger"));
        Path broken = Files.writeString(folder.resolve("broken.conll"), "We O\ntalked\n");
        assertThat(Shell.run("train", broken.toString()))
                .matches(o -> o.code() == 3 && o.err().contains("broken.conll:2: expected 2 columns"));
        assertThat(Shell.run("train", EXAMPLE.toString(), "--set", "model.head=hmm"))
                .matches(o -> o.code() == 2 && o.err().contains("crf"));
        assertThat(Shell.run("schema", "--language", "--labelling"))
                .matches(o -> o.code() == 2 && o.err().contains("of one family. Received: language and labelling"));
        Path table = Files.writeString(folder.resolve("t.yaml"), "data: x.csv\nmodel: tagger\n");
        assertThat(LabellingConfig.isMeant("t.yaml", Files.readString(table))).isTrue();
    }

    @Test
    void theDocumentsJavaRuns() throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("java"));
        Files.copy(EXAMPLE, own.resolve("entities.conll"));
        assertThat(JavaSnippet.of("docs/labelling.md").run(IMPORTS, own)).contains("LOC Torvelton 22-31");
    }
}
