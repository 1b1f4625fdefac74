package org.lungo.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.http.Limits;
import org.lungo.tensor.Engine;

/** Runs the commands that most users start, on a small table, so that Java can note which classes they need. */
final class TrialRun {
    private static final Pattern READY = Pattern.compile("(?m)^ready (\\S+)");
    private static final int WAIT_MILLIS = 60_000;

    private TrialRun() {}

    /**
     * Trains where the program can, asks for a prediction, and serves until the server has answered.
     *
     * @param folder an empty one
     * @return the exit code: 0 when the server has answered
     */
    static int run(Start.Program program, Path folder) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(output, true, StandardCharsets.UTF_8);
        System.setOut(printed);
        System.setErr(printed);
        try {
            program.run("--help");
            Path table = folder.resolve("customers.csv");
            Files.writeString(table, customers());
            Path run = folder.resolve("run");
            program.run("train", table + "", "--target", "churn", "--set", "train.epochs=2", "--out", run + "");
            program.run("predict", run + "", "--row", "{\"age\": 41, \"plan\": \"gold\"}");
            ask(Files.isDirectory(run) ? serve(program, run, output) : serveNothing());
            return 0;
        } catch (IOException e) {
            return Failures.RUNTIME;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Failures.RUNTIME;
        }
    }

    private static String customers() {
        StringBuilder table = new StringBuilder("age,plan,churn\n");
        for (int row = 0; row < 120; row++) {
            table.append(20 + row % 50)
                    .append(row % 3 == 0 ? ",gold," : ",silver,")
                    .append(row % 50 > 25 ? "yes\n" : "no\n");
        }
        return table.toString();
    }

    /** Serves the model as users do; returns the address. */
    private static String serve(Start.Program program, Path run, ByteArrayOutputStream output)
            throws IOException, InterruptedException {
        Thread server = new Thread(() -> program.run("serve", run + "", "--port", "0"), "serve");
        server.setDaemon(true);
        server.start();
        long end = System.currentTimeMillis() + WAIT_MILLIS;
        Matcher ready = READY.matcher("");
        while (!ready.find()) {
            if (System.currentTimeMillis() > end) {
                throw new IOException("the server was not ready within a minute");
            }
            Thread.sleep(50);
            ready = READY.matcher(output.toString(StandardCharsets.UTF_8));
        }
        return ready.group(1);
    }

    /** A server without a model, which the archive for servers cannot train; returns the address. */
    private static String serveNothing() throws IOException {
        Engine.load();
        ServerConfig config = new ServerConfig(
                ServerConfig.DEFAULTS.host(),
                0,
                ServerConfig.DEFAULTS.security(),
                Limits.DEFAULTS,
                ServerConfig.DEFAULTS.drainSeconds(),
                ServerConfig.DEFAULTS.watchMillis(),
                null);
        return ModelServer.start(config, List.of(), UnaryOperator.identity()).url();
    }

    private static void ask(String server) throws IOException {
        for (String path : new String[] {"/", "/v1/models", "/metrics"}) {
            URI.create(server + path).toURL().openStream().readAllBytes();
        }
        URLConnection question =
                URI.create(server + "/v1/models/run:predict").toURL().openConnection();
        question.setDoOutput(true);
        question.setRequestProperty("Content-Type", "application/json");
        question.getOutputStream()
                .write("{\"instances\": [{\"age\": 41, \"plan\": \"gold\"}]}".getBytes(StandardCharsets.UTF_8));
        question.getHeaderField(0); // whatever the answer is: without a model it is a refusal
    }
}
