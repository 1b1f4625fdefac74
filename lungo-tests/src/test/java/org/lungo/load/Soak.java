package org.lungo.load;

import java.nio.file.Path;

/**
 * A server under steady load: resident memory and the bytes of tensors, again and again. Arguments: seconds, requests a
 * second, a run folder.
 */
final class Soak {
    private static final int CONNECTIONS = 64;
    private static final int READINGS = 10;

    private Soak() {}

    public static void main(String[] arguments) throws Exception {
        double seconds = Double.parseDouble(arguments[0]);
        double rate = Double.parseDouble(arguments[1]);
        Path run = Path.of(arguments[2]);
        try (ServerProcess server = ServerProcess.serve("soaked=" + run)) {
            byte[] request = Connection.post("/v1/models/soaked:predict", ServingLoad.body(run));
            long requests = 0;
            System.out.println("requests   resident MiB  native bytes  answers");
            for (int i = 0; i < READINGS; i++) {
                Load.Result result = new Load(server.port(), request, CONNECTIONS).open(seconds / READINGS, rate);
                requests += result.codes().values().stream().mapToLong(n -> n).sum();
                System.out.printf(
                        "%,10d %10.1f %,14.0f    %s%n",
                        requests, server.residentMiB(), server.metric("lungo_native_bytes"), result);
            }
            System.out.println("SIGTERM: exit code " + server.terminate());
        }
    }
}
