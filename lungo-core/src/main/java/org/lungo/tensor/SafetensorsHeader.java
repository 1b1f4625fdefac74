package org.lungo.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The checked header of a safetensors file.
 *
 * @param dataStart where the numbers start, in bytes
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long dataStart) {
    private static final long MAX_BYTES = 100_000_000;
    private static final int MAX_AXES = 64; // libtorch computes with no more

    /** Types of the format (safetensors, tensor.rs, Dtype) that we do not read: floats of 8 bits and fewer, and others. */
    private static final Pattern OTHER = Pattern.compile("F8_.*|F6_.*|F4|U16|U32|U64|C64");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** One tensor; its numbers lie from {@code begin} to {@code end}, counted from the start of the data. */
    record Entry(DType dtype, long[] shape, long begin, long end) {}

    static SafetensorsHeader read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            require(size >= 8, file, "at least 8 bytes", size + " bytes");
            long length = read(channel, 0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
            require(length > 1 && length <= MAX_BYTES, file, "a header of 2 to " + MAX_BYTES + " bytes", length + "");
            require(length <= size - 8, file, "a header within the file", length + " of " + size + " bytes");
            JsonNode root = JSON.readTree(read(channel, 8, (int) length).array());
            require(root != null && root.isObject(), file, "a JSON object as header", "another value");
            return check(file, root, 8 + length, size);
        } catch (JacksonException e) {
            throw corrupt(file, "a JSON header", e.getOriginalMessage());
        }
    }

    private static SafetensorsHeader check(Path file, JsonNode root, long dataStart, long size) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            if (property.getKey().equals("__metadata__")) {
                require(property.getValue().isObject(), file, "an object as __metadata__", "another value");
                for (Map.Entry<String, JsonNode> text : property.getValue().properties()) {
                    require(text.getValue().isString(), file, "texts in __metadata__", text.getValue() + "");
                    metadata.put(text.getKey(), text.getValue().asString());
                }
            } else {
                entries.put(property.getKey(), entry(file, property.getKey(), property.getValue()));
            }
        }
        checkCoverage(file, entries, size - dataStart);
        return new SafetensorsHeader(entries, metadata, dataStart);
    }

    private static Entry entry(Path file, String name, JsonNode node) {
        require(
                node.isObject() && node.size() == 3,
                file,
                "dtype, shape and data_offsets for '" + name + "'",
                node + "");
        DType dtype = dtype(file, name, node.path("dtype"));
        JsonNode offsets = node.path("data_offsets");
        require(offsets.isArray() && offsets.size() == 2, file, "two data_offsets for '" + name + "'", offsets + "");
        long begin = whole(file, offsets.get(0));
        long end = whole(file, offsets.get(1));
        JsonNode sizes = node.path("shape");
        require(sizes.isArray(), file, "a list as shape of '" + name + "'", sizes + "");
        require(sizes.size() <= MAX_AXES, file, "at most " + MAX_AXES + " axes of '" + name + "'", sizes.size() + "");
        long[] shape = new long[sizes.size()];
        long bytes = dtype.bytes();
        boolean empty = false;
        try {
            for (int i = 0; i < shape.length; i++) {
                shape[i] = whole(file, sizes.get(i));
                empty |= shape[i] == 0;
                bytes = Math.multiplyExact(bytes, Math.max(1, shape[i])); // strides count an empty axis as one
            }
            bytes = empty ? 0 : bytes;
        } catch (ArithmeticException e) {
            throw corrupt(file, "a shape whose size fits 64 bits", sizes + "");
        }
        require(end - begin == bytes, file, bytes + " bytes for '" + name + "'", (end - begin) + "");
        return new Entry(dtype, shape, begin, end);
    }

    /** Together the tensors must use every byte once. */
    private static void checkCoverage(Path file, Map<String, Entry> entries, long size) {
        List<Entry> ordered = new ArrayList<>(entries.values());
        ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long at = 0;
        for (Entry entry : ordered) {
            require(
                    entry.begin() == at,
                    file,
                    "tensors without hole or overlap",
                    "one from " + entry.begin() + " after " + at);
            at = entry.end();
        }
        require(at == size, file, at + " bytes of numbers", size + "");
    }

    /** @throws IllegalArgumentException when the type is one of the format that is not supported */
    private static DType dtype(Path file, String name, JsonNode node) {
        for (DType dtype : DType.values()) {
            if (node.isString() && dtype.safetensors().equals(node.asString())) {
                return dtype;
            }
        }
        if (node.isString() && OTHER.matcher(node.asString()).matches()) {
            String known = Arrays.stream(DType.values()).map(DType::safetensors).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("the tensors of " + file + " must be of the types " + known
                    + "; convert the file to one of them. Received: '" + name + "' of type " + node.asString()
                    + ", which is not supported");
        }
        throw corrupt(file, "a known dtype", node + "");
    }

    private static long whole(Path file, JsonNode node) {
        require(
                node.isIntegralNumber() && node.canConvertToLong() && node.asLong() >= 0,
                file,
                "a whole number",
                node + "");
        return node.asLong();
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {}
        return buffer.flip();
    }

    private static void require(boolean condition, Path file, String expected, String received) {
        if (!condition) {
            throw corrupt(file, expected, received);
        }
    }

    private static CorruptFileException corrupt(Path file, String expected, String received) {
        return new CorruptFileException(file + " is damaged or not a safetensors file: expected " + expected
                + ". Received: " + received + "; restore the file from a copy or train again");
    }
}
