package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.lungo.deploy.Facts;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.serving.Family;
import org.lungo.experiment.Exporter;
import org.lungo.experiment.Flag;
import org.lungo.experiment.Study;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.family.Families;
import org.lungo.family.Studies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model in a form that other programs run. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Write a model as an ONNX file, after checking that ONNX Runtime gives the same answers; a language"
                        + " model as a folder for Hugging Face's libraries.",
        footer = {"", "Example: lungo export runs/customers-001 --to onnx --out churn.onnx"})
final class ExportCommand implements Callable<Integer>, Commands.Computing {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RUN", description = "A run folder or its model folder.")
    private Path run = Path.of("");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "onnx|huggingface",
            description = "The format: onnx, or a folder for Hugging Face's libraries.")
    private String form = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file (FILE.json describes it) or folder.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ModelFolder.require(run);
        Family family = Families.of(run);
        Map<String, Exporter> exports =
                Studies.named(family.name()).map(Study::exports).orElse(Map.of());
        if (exports.isEmpty()) {
            throw new IllegalArgumentException(run + " holds " + family.title()
                    + ", which cannot be exported to another format yet; its files are in " + ModelFolder.inside(run));
        }
        Exporter exporter = exports.get(form.toLowerCase(Locale.ROOT));
        if (exporter == null) {
            throw new IllegalArgumentException(run + " holds " + family.title() + "; export it --to "
                    + String.join(" or ", new TreeSet<>(exports.keySet())));
        }
        Facts facts = exporter.export(run, out, FamilyFlags.given(spec, flags(), exporter.flags(), run + ""));
        System.out.println(json ? ConfigFile.JSON.writeValueAsString(facts.values()) : facts.text());
        return 0;
    }

    /** The flags of all forms. */
    static List<Flag> flags() {
        return Studies.all().stream()
                .flatMap(study -> study.exports().values().stream())
                .flatMap(exporter -> exporter.flags().stream())
                .toList();
    }
}
