package org.lungo.server.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes behind the JSON of a request, one tensor after the other (Open Inference Protocol v2, binary tensor data
 * extension): little-endian, a BYTES value with its length in 4 bytes before it. Nothing is allocated by what a request says
 * of itself, only by what is there.
 */
final class BinaryTensors {
    private final ByteBuffer left;

    private BinaryTensors(ByteBuffer left) {
        this.left = left;
    }

    /** What follows the first {@code from} bytes of a body. */
    static BinaryTensors behind(byte[] body, int from) {
        return new BinaryTensors(ByteBuffer.wrap(body, from, body.length - from).order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * The next tensor.
     *
     * @param size its {@code binary_data_size}, in bytes
     * @param rows how many values its shape asks for, within the limit of rows
     * @throws HttpFailure 400 when sizes disagree, or a text is not UTF-8
     */
    List<@Nullable Object> next(String input, Datatype type, @Nullable Object size, long rows) {
        if (!(size instanceof Long bytes) || bytes < 0) {
            throw bad(input, "binary_data_size must be a number of bytes. Received: " + StrictJson.kind(size));
        }
        if (bytes > left.remaining()) {
            throw bad(input, "binary_data_size is " + bytes + ", but " + left.remaining() + " bytes are left");
        }
        if (type != Datatype.BYTES && bytes != rows * type.bytes()) {
            throw bad(
                    input,
                    "the shape asks for " + rows + " values of " + type.bytes() + " bytes. Received: " + bytes
                            + " bytes");
        }
        ByteBuffer own = left.slice(left.position(), Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
        left.position(left.position() + Math.toIntExact(bytes));
        List<@Nullable Object> values = new ArrayList<>();
        while (own.hasRemaining()) {
            values.add(type == Datatype.BYTES ? text(input, own) : type.read(own));
        }
        return values;
    }

    private static String text(String input, ByteBuffer own) {
        long length = own.remaining() < 4 ? Long.MAX_VALUE : Integer.toUnsignedLong(own.getInt());
        if (length > own.remaining()) {
            throw bad(
                    input,
                    "a text of BYTES must have its length before it, in 4 bytes, and not be longer than what is"
                            + " left of its tensor");
        }
        ByteBuffer bytes = own.slice(own.position(), (int) length);
        own.position(own.position() + (int) length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw bad(input, "a text of BYTES must be in UTF-8");
        }
    }

    /**
     * Refuses bytes that no tensor has asked for.
     *
     * @throws HttpFailure 400 when there are some
     */
    void requireEnd() {
        if (left.hasRemaining()) {
            throw HttpFailure.badRequest("the inputs' binary_data_size must be all bytes behind the JSON. Received: "
                    + left.remaining() + " bytes more");
        }
    }

    private static HttpFailure bad(String input, String message) {
        return HttpFailure.badRequest("input '" + input + "': " + message);
    }
}
