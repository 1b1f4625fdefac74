package org.lungo.server.http;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** One line of JSON for each request: when, who, what, which model, what was answered, how long it took. */
public final class AccessLog implements RequestLog {
    /** The attribute with the request's id. */
    static final String ID = "lungo.id";

    /** The attribute with the name of the caller's key. */
    static final String CALLER = "lungo.caller";

    /** The attribute with the model that answered. */
    static final String MODEL = "lungo.model";

    private static final JsonMapper JSON = new JsonMapper();

    private final RequestLog.Writer writer;

    /** A log whose lines go to {@code writer}. */
    public AccessLog(RequestLog.Writer writer) {
        this.writer = writer;
    }

    /** Lines on standard error, as they are. */
    public static RequestLog.Writer standardError() {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return out::println;
    }

    @Override
    public void log(Request request, Response response) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("time", Instant.ofEpochMilli(Request.getTimeStamp(request)).toString());
        line.put("id", request.getAttribute(ID));
        line.put("remote", Request.getRemoteAddr(request));
        line.put("caller", request.getAttribute(CALLER));
        line.put("method", request.getMethod());
        line.put("path", request.getHttpURI().getPath());
        line.put("status", response.getStatus());
        line.put("bytes", Response.getContentBytesWritten(response));
        line.put("model", request.getAttribute(MODEL));
        line.put("ms", Math.round((System.nanoTime() - request.getBeginNanoTime()) / 1e4) / 100.0);
        try {
            writer.write(JSON.writeValueAsString(line));
        } catch (IOException e) {
            LoggerFactory.getLogger(AccessLog.class).warn("the access log cannot be written: {}", e.getMessage());
        }
    }
}
