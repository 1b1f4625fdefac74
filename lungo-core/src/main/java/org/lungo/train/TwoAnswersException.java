package org.lungo.train;

import org.lungo.tensor.EngineProofs;

/** Training was stopped because the engine computed one step twice with different results. */
public final class TwoAnswersException extends RuntimeException {
    TwoAnswersException(long step, String what, double first, double second) {
        super("the engine gave two answers for one step: " + what + " of step " + step
                + " must be the same when it is computed again from the same weights. Received: " + first + " and "
                + second
                + "; train again with " + EngineProofs.VARIABLE + "=" + EngineProofs.PLAIN
                + ", which is slower, and report this with the output of lungo doctor");
    }
}
