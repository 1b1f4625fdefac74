package org.lungo.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tensors by name in one file: 8 bytes with the header's length, the header as JSON, the numbers. The format of
 * https://github.com/huggingface/safetensors, read strictly: anything that its description does not allow is refused.
 *
 * @param tensors mapped into memory, not copied; the file must not change while they are used
 * @param metadata texts by name
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    private static final JsonMapper JSON = new JsonMapper();

    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Maps the tensors of {@code file}.
     *
     * @throws CorruptFileException when the file is not exactly what the format allows
     * @throws IllegalArgumentException when a tensor is of a type of the format that is not supported, such as F8_E4M3
     */
    public static Safetensors read(Path file) throws IOException {
        SafetensorsHeader header = SafetensorsHeader.read(file);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        header.entries().forEach((name, entry) -> {
            long offset = header.dataStart() + entry.begin();
            tensors.put(
                    name,
                    entry.begin() == entry.end()
                            ? Tensor.zeros(entry.dtype(), entry.shape())
                            : Tensor.map(file, offset, entry.dtype(), entry.shape()));
        });
        return new Safetensors(tensors, header.metadata());
    }

    /** Writes {@code tensors} in the order of their names and forces them to the disk. Equal contents give equal files. */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        Map<String, Tensor> sorted = new TreeMap<>(tensors);
        byte[] header = header(sorted, new TreeMap<>(metadata));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer length =
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length);
            writeAll(channel, length);
            writeAll(channel, ByteBuffer.wrap(header));
            for (Tensor tensor : sorted.values()) {
                writeNumbers(channel, tensor);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put("__metadata__", metadata);
        }
        long at = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long bytes = tensor.elements() * tensor.dtype().bytes();
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("dtype", tensor.dtype().safetensors());
            description.put("shape", tensor.shape());
            description.put("data_offsets", new long[] {at, at + bytes});
            header.put(entry.getKey(), description);
            at += bytes;
        }
        String json = JSON.writeValueAsString(header);
        int padded = (json.getBytes(StandardCharsets.UTF_8).length + 7) / 8 * 8;
        return (json + " ".repeat(padded - json.getBytes(StandardCharsets.UTF_8).length))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void writeNumbers(FileChannel channel, Tensor tensor) throws IOException {
        long bytes = tensor.elements() * tensor.dtype().bytes();
        try (org.bytedeco.pytorch.Tensor detached = tensor.handle().detach();
                org.bytedeco.pytorch.Tensor near = detached.cpu();
                org.bytedeco.pytorch.Tensor plain = near.contiguous();
                BytePointer start = new BytePointer(plain.data_ptr())) {
            for (long at = 0; at < bytes; ) {
                long part = Math.min(bytes - at, 1 << 26);
                writeAll(channel, start.position(at).limit(at + part).asByteBuffer());
                at += part;
            }
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
