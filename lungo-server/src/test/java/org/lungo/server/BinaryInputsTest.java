package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors as bytes behind the JSON of a request. */
class BinaryInputsTest {
    @TempDir
    private static Path folder;

    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void start() throws IOException {
        TrainedModels.run(
                folder.resolve("churn"), "churn", "features.since=ignore", "features.a=ignore", "features.b=ignore");
        server = TrainedModels.serve(folder.resolve("churn"));
        caller = Caller.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Caller.Reply infer(String json, byte[] tensors, String... headers) throws Exception {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text);
        body.writeBytes(tensors);
        String[] all = headers.length > 0
                ? headers
                : new String[] {"Inference-Header-Content-Length", Integer.toString(text.length)};
        return caller.send(caller.request("/v2/models/churn/infer", all)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    }

    private static String input(String name, String type, String shape, String size) {
        return "{\"name\":\"" + name + "\",\"shape\":" + shape + ",\"datatype\":\"" + type
                + "\",\"parameters\":{\"binary_data_size\":" + size + "}}";
    }

    /** Bytes that are no UTF-8 stand behind the JSON: 41.0 and -0.5 as FP32. */
    @Test
    void answersAsForJson() throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(41).putFloat(-0.5f);
        bytes.putInt(4).put("gold".getBytes(StandardCharsets.UTF_8)).putInt(0);
        bytes.putShort((short) 0x4f80).putShort((short) 0xc100); // 30 and -2.5 as FP16
        byte[] tensors = java.util.Arrays.copyOf(bytes.array(), bytes.position());
        String binary = "{\"inputs\":[" + input("age", "FP32", "[2]", "8") + "," + input("plan", "BYTES", "[2,1]", "12")
                + "," + input("price", "FP16", "[2]", "4") + "]}";
        String json = "{\"inputs\":[{\"name\":\"age\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[41,-0.5]},"
                + "{\"name\":\"plan\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"gold\",\"\"]},"
                + "{\"name\":\"price\",\"shape\":[2],\"datatype\":\"FP64\",\"data\":[30,-2.5]}]}";
        Caller.Reply reply = infer(binary, tensors);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.text())
                .isEqualTo(caller.post("/v2/models/churn/infer", json).text());
        Caller.Reply half =
                infer(binary.replace("FP16", "INT16"), tensors); // other numbers: the type is read, not guessed
        assertThat(half.status()).isEqualTo(200);
        assertThat(half.text()).isNotEqualTo(reply.text());
    }

    /** Sizes of 2^31 and 2^62 are compared as they are, and nothing is allocated for them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FP64  | [2]                   | 8                   | asks for 2 values of 8 bytes. Received: 8 bytes
            FP64  | [1]                   | 4294967304          | binary_data_size is 4294967304, but 8 bytes are left
            FP64  | [1]                   | 4611686018427387904 | but 8 bytes are left
            FP64  | [536870913]           | 8                   | 100000 rows at most. Received: 536870913
            FP64  | [2305843009213693953] | 8                   | 100000 rows at most. Received: 2305843009213693953
            FP64  | [1]                   | -8                  | binary_data_size must be a number of bytes
            FP64  | [1]                   | true                | must be a number of bytes. Received: a truth value
            INT32 | [1]                   | 4                   | must be all bytes behind the JSON. Received: 4 bytes more
            BYTES | [1]                   | 8                   | a text of BYTES must have its length before it
            BYTES | [1]                   | 3                   | a text of BYTES must have its length before it
            """)
    void refusesSizesThatDisagree(String type, String shape, String size, String message) throws Exception {
        byte[] tensors = {-1, -1, -1, -1, 0, 0, 0, 0};
        Caller.Reply reply = infer("{\"inputs\":[" + input("age", type, shape, size) + "]}", tensors);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).contains(message);
    }

    @Test
    void textsAndJsonMustBeUtf8() throws Exception {
        byte[] latin = {1, 0, 0, 0, (byte) 0xe9};
        assertThat(infer("{\"inputs\":[" + input("plan", "BYTES", "[1]", "5") + "]}", latin)
                        .error())
                .isEqualTo("input 'plan': a text of BYTES must be in UTF-8");
        assertThat(infer("{\"inputs\":[]}", latin, "Inference-Header-Content-Length", "18")
                        .error())
                .contains("must be in UTF-8");
        assertThat(infer("{\"inputs\":[]}", latin, "Inference-Header-Content-Length", "99")
                        .error())
                .contains("at most the body's 18. Received: 99");
        assertThat(infer("{\"inputs\":[]}", latin, "Inference-Header-Content-Length", "4294967300")
                        .error())
                .contains("Received: 4294967300");
    }
}
