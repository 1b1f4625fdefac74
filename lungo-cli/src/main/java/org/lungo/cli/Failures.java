package org.lungo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.lungo.data.BusyException;
import org.lungo.data.DataException;
import org.lungo.data.DownloadException;
import org.lungo.deploy.NotFiniteException;
import org.lungo.deploy.batch.ResumeException;
import org.lungo.evaluate.Gates;
import org.lungo.experiment.MemoryException;
import org.lungo.experiment.config.ConfigException;
import org.lungo.family.tables.onnx.DisagreementException;
import org.lungo.family.tables.onnx.MissingLibraryException;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.EngineException;
import org.lungo.train.DivergedException;
import org.lungo.train.TwoAnswersException;

/** Turns failures into a message and an exit code. A user's mistake shows no stack trace; our own does. */
final class Failures {
    static final int RUNTIME = 1;
    static final int USAGE = 2;
    static final int DATA = 3;
    static final int GATE = 4;
    static final int CORRUPT = 5;
    static final int RESOURCES = 6;

    private Failures() {}

    static int report(Throwable failure) {
        if (failure instanceof ConfigException config) {
            System.err.println(config.getMessage());
            return USAGE;
        }
        if (failure instanceof DivergedException || failure instanceof NotFiniteException) {
            return say("error E102: " + failure.getMessage(), RUNTIME);
        }
        if (failure instanceof TwoAnswersException) {
            return say("error E108: " + failure.getMessage(), RUNTIME);
        }
        if (failure instanceof DisagreementException) {
            return say("error E502: " + failure.getMessage(), CORRUPT);
        }
        if (failure instanceof MissingLibraryException) {
            return say("error E106: " + failure.getMessage(), RUNTIME);
        }
        if (failure instanceof MemoryException) {
            return say("error E601: " + failure.getMessage(), RESOURCES);
        }
        return common(failure);
    }

    /** Those that can come without any training or export, so that no class of it is needed. */
    static int common(Throwable failure) {
        if (failure instanceof DataException data) {
            return say("error " + data.code() + ": " + data.getMessage(), DATA);
        }
        if (failure instanceof CorruptFileException) {
            return say("error E501: " + failure.getMessage(), CORRUPT);
        }
        if (failure instanceof ResumeException) {
            return say("error E503: " + failure.getMessage(), CORRUPT);
        }
        if (failure instanceof OutOfMemoryError) {
            return say(
                    "error E601: not enough memory: " + failure.getMessage() + "; use a smaller model or batch, or a"
                            + " larger heap with LUNGO_JAVA_OPTS=-Xmx8g",
                    RESOURCES);
        }
        if (failure instanceof EngineException) {
            return say("error E103: " + failure.getMessage(), RUNTIME);
        }
        if (failure instanceof DownloadException) {
            return say("error E104: " + failure.getMessage(), RUNTIME);
        }
        if (failure instanceof BusyException) {
            return say("error E107: " + failure.getMessage(), RUNTIME);
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return say("error E101: " + failure.getMessage(), RUNTIME);
        }
        if (failure instanceof IllegalArgumentException) {
            return say("error E200: " + failure.getMessage(), USAGE);
        }
        System.err.println("error E100: this should not happen; please report it with what follows");
        failure.printStackTrace();
        return RUNTIME;
    }

    /** Says which gates were not reached; 0 when all were. */
    static int gates(List<Gates.Outcome> failures) {
        failures.forEach(gate -> System.err.println("error E401: gate not reached: " + gate.message()));
        return failures.isEmpty() ? 0 : GATE;
    }

    private static int say(String message, int code) {
        System.err.println(message);
        return code;
    }
}
