package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Facts;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.serving.Family;
import org.lungo.family.Families;
import org.lungo.tensor.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Checks every file of a run or model and says what the model needs and answers. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Verify every file of a run; show what its model needs and what it answers.",
        footer = {"", "Example: lungo inspect runs/customers-001"})
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "A run folder or its model folder.")
    private Path run = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ModelFolder.require(run);
        try (Scope scope = Scope.open()) {
            Family family = Families.of(run);
            Facts facts = family.inspect(run);
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("family", family.name());
            values.putAll(facts.values());
            System.out.println(json ? JsonMapper.shared().writeValueAsString(values) : facts.text());
        }
        return 0;
    }
}
