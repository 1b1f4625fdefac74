package org.lungo.server.http;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error. The message is for the caller and shows nothing of the server. */
public final class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable String param;
    private final @Nullable String code;

    HttpFailure(int status, String message) {
        this(status, message, null);
    }

    HttpFailure(int status, String message, @Nullable Throwable cause) {
        this(status, message, cause, null, null);
    }

    private HttpFailure(
            int status, String message, @Nullable Throwable cause, @Nullable String param, @Nullable String code) {
        super(message, cause, false, false);
        this.status = status;
        this.param = param;
        this.code = code;
    }

    /**
     * A bad request because of one field: 400.
     *
     * @param param the field
     * @param code what went wrong, for programs
     */
    public static HttpFailure ofField(String param, String code, String message) {
        return new HttpFailure(400, message, null, param, code);
    }

    /**
     * Any failure that programs can tell by a code.
     *
     * @param code what went wrong, where a protocol has codes
     */
    static HttpFailure ofCode(int status, String code, String message) {
        return new HttpFailure(status, message, null, null, code);
    }

    /** The field that it is about, if it is known. */
    public @Nullable String param() {
        return param;
    }

    /** What went wrong, for programs; null when the status says it all. */
    public @Nullable String code() {
        return code;
    }

    /** A bad request: 400. */
    public static HttpFailure badRequest(String message) {
        return new HttpFailure(400, message);
    }

    /** The status of the answer, 400 or above. */
    public int status() {
        return status;
    }

    /** Any failure as one for the caller; what we did not foresee is a 500 that says nothing. */
    public static HttpFailure of(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure instanceof HttpFailure known) {
            return known;
        }
        if (failure instanceof org.lungo.deploy.serving.Rejected rejected) {
            int status = switch (rejected.reason()) {
                case QUEUE_FULL -> 429;
                case DEADLINE -> 504;
                case DRAINING -> 503;
            };
            return new HttpFailure(status, message(rejected));
        }
        if (failure instanceof org.lungo.server.registry.UnknownModelException) {
            return new HttpFailure(404, message(failure));
        }
        if (failure instanceof org.lungo.data.DataException
                || failure instanceof org.lungo.deploy.serving.BadInstanceException
                || failure instanceof org.lungo.deploy.serving.WrongKindException) {
            return new HttpFailure(400, message(failure));
        }
        if (failure instanceof io.javalin.http.HttpResponseException response) {
            return new HttpFailure(response.getStatus(), message(response));
        }
        return new HttpFailure(500, "an error of the server; its log says more under this request's id", failure);
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
