package org.lungo.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lungo.family.tables.Predictor;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.train.Listener;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares a server with the bare endpoint, on one machine, in one run: saturation with 1 and 64 callers, times at 70% of
 * saturation and at 150%. Arguments: seconds for each figure, and a run folder (without it a model with passes of a
 * millisecond or more is made).
 */
final class ServingLoad {
    private static final int PORT = 18_231;
    private static final int CALLERS = 64;
    private static final int CROWD = 400;

    /** What is measured is not the virtual machine's compiler. */
    private static final double WARM_UP_SECONDS = 20;

    private ServingLoad() {}

    public static void main(String[] arguments) throws Exception {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 10;
        Path run = arguments.length > 1 ? Path.of(arguments[1]) : heavy();
        String body = body(run);
        byte[] ours = Connection.post("/v1/models/loaded:predict", body);
        byte[] bare = Connection.post("/predict", body);
        String server = "org.lungo.cli.Lungo";
        List<String> serve = List.of("serve", "loaded=" + run, "--port", Integer.toString(PORT));
        List<String> alone = new ArrayList<>(serve);
        alone.addAll(List.of("--max-batch", "1"));
        double[] saturation = new double[3];
        for (int round = 0; round < 2; round++) { // twice, so that what changes on the machine shows
            saturation[0] = saturate(
                    "bare endpoint", BareEndpoint.class.getName(), List.of(run.toString(), "" + PORT), bare, seconds);
            saturation[1] = saturate("max_batch 1", server, alone, ours, seconds);
            saturation[2] = saturate("batched", server, serve, ours, seconds);
            System.out.printf(
                    "64 callers, to the bare endpoint: max_batch 1 %.2f, batched %.2f%n%n",
                    saturation[1] / saturation[0], saturation[2] / saturation[0]);
        }
        try (ServerProcess process = ServerProcess.start(server, serve)) {
            new Load(PORT, ours, CALLERS).closed(WARM_UP_SECONDS);
            double rate = saturation[2];
            System.out.println("open loop at 70%:  " + new Load(PORT, ours, CROWD).open(seconds * 2, 0.7 * rate));
            System.out.println("open loop at 150%: " + new Load(PORT, ours, CROWD).open(seconds * 2, 1.5 * rate));
            System.out.println("SIGTERM: exit code " + process.terminate());
        }
    }

    private static double saturate(String name, String main, List<String> arguments, byte[] request, double seconds)
            throws Exception {
        try (ServerProcess process = ServerProcess.start(main, arguments)) {
            new Load(PORT, request, CALLERS).closed(seconds / 2); // warms up
            Load.Result one = new Load(PORT, request, 1).closed(seconds);
            Load.Result many = new Load(PORT, request, CALLERS).closed(seconds);
            System.out.printf("%-14s  1 caller:   %s%n%-14s  64 callers: %s%n", name, one, "", many);
            process.terminate();
            return many.perSecond();
        }
    }

    static String body(Path run) throws IOException {
        Map<String, Object> row = Predictor.load(run).golden().rows().get(0);
        return new JsonMapper().writeValueAsString(Map.of("instances", List.of(row)));
    }

    private static Path heavy() throws IOException {
        Path run = Path.of("target", "heavy");
        if (!Files.exists(run.resolve("manifest.json"))) {
            TableStudy.run(
                            "generated:two-classes",
                            "label",
                            "model.hidden=[2048, 2048]",
                            "model.members=1",
                            "train.epochs=1")
                    .into(run, Listener.NONE);
        }
        return run;
    }
}
