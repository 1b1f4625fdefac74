package org.lungo.experiment.track;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of events as TensorBoard reads it: records in the framing of TFRecord (tensorflow/core/lib/io/record_writer.h), each
 * a message {@code Event} (tensorflow/core/util/event.proto) with a {@code Summary}
 * (tensorflow/core/framework/summary.proto). A record is its length in 8 bytes, little-endian, the masked CRC32C of these
 * bytes, the message, and the masked CRC32C of the message.
 */
final class EventFile implements AutoCloseable {
    private static final int AROUND = 16; // bytes of a record besides its message
    private static final int MASK = 0xa282ead8;
    private static final String VERSION = "brain.Event:2";

    /**
     * What is shown at one time.
     *
     * @param millis the time, in milliseconds since 1970
     * @param numbers by tag
     * @param texts by tag, in Markdown
     */
    record Event(long millis, long step, Map<String, Double> numbers, Map<String, String> texts) {}

    /** An event that is in the file: the tags that it shows at a step. */
    record Shown(long step, List<String> tags) {}

    private final FileChannel channel;
    private final List<Shown> shown = new ArrayList<>();

    private EventFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens a file to append to; a record that was cut off is removed. A new file is given its first record. */
    static EventFile open(Path path, long millis) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        EventFile file = new EventFile(channel);
        try {
            long length = file.read();
            channel.truncate(length);
            channel.position(length);
            if (length == 0) {
                file.write(message(out -> {
                    out.writeDouble(1, millis / 1000.0);
                    out.writeString(3, VERSION);
                }));
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return file;
    }

    /** The events that were in the file when it was opened. */
    List<Shown> shown() {
        return List.copyOf(shown);
    }

    /** Appends an event. */
    void append(Event event) throws IOException {
        byte[] summary = message(out -> {
            for (Map.Entry<String, Double> number : event.numbers().entrySet()) {
                out.writeByteArray(1, message(value -> {
                    value.writeString(1, number.getKey());
                    value.writeFloat(2, number.getValue().floatValue());
                }));
            }
            for (Map.Entry<String, String> text : event.texts().entrySet()) {
                out.writeByteArray(1, text(text.getKey(), text.getValue()));
            }
        });
        write(message(out -> {
            out.writeDouble(1, event.millis() / 1000.0);
            out.writeInt64(2, event.step());
            out.writeByteArray(5, summary);
        }));
    }

    /** A value of the plugin for texts: a tensor of one string (tensorflow/core/framework/tensor.proto). */
    private static byte[] text(String tag, String text) throws IOException {
        byte[] plugin = message(out -> out.writeString(1, "text"));
        byte[] metadata = message(out -> {
            out.writeByteArray(1, plugin);
            out.writeEnum(4, 2); // DATA_CLASS_TENSOR
        });
        byte[] dimension = message(out -> out.writeInt64(1, 1));
        byte[] shape = message(out -> out.writeByteArray(2, dimension));
        byte[] tensor = message(out -> {
            out.writeEnum(1, 7); // DT_STRING
            out.writeByteArray(2, shape);
            out.writeBytes(8, ByteString.copyFromUtf8(text));
        });
        return message(out -> {
            out.writeString(1, tag);
            out.writeByteArray(8, tensor);
            out.writeByteArray(9, metadata);
        });
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private void write(byte[] message) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(message.length + AROUND).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(message.length);
        record.putInt(masked(record.array(), 0, Long.BYTES));
        record.put(message);
        record.putInt(masked(message, 0, message.length));
        record.flip();
        while (record.hasRemaining()) {
            channel.write(record);
        }
    }

    /** The CRC32C, turned so that the checksum of data with checksums in it is not weak. */
    static int masked(byte[] bytes, int offset, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, offset, length);
        return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
    }

    /** Reads the whole records from the beginning; returns where they end. */
    private long read() throws IOException {
        long at = 0;
        long size = channel.size();
        while (size - at >= AROUND) {
            byte[] head = bytes(at, Long.BYTES + Integer.BYTES);
            ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
            long length = numbers.getLong();
            boolean whole = numbers.getInt() == masked(head, 0, Long.BYTES)
                    && length >= 0
                    && length <= Math.min(size - at - AROUND, Integer.MAX_VALUE - AROUND);
            if (!whole) {
                return at;
            }
            byte[] rest = bytes(at + head.length, (int) length + Integer.BYTES);
            int sum = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN).getInt((int) length);
            if (sum != masked(rest, 0, (int) length)) {
                return at;
            }
            parse(CodedInputStream.newInstance(rest, 0, (int) length));
            at += length + AROUND;
        }
        return at;
    }

    private byte[] bytes(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // until all are there
        }
        return bytes.array();
    }

    private void parse(CodedInputStream event) throws IOException {
        long step = 0;
        List<String> tags = new ArrayList<>();
        for (int field = event.readTag(); field != 0; field = event.readTag()) {
            switch (WireFormat.getTagFieldNumber(field)) {
                case 2 -> step = event.readInt64();
                case 5 -> tags(event.readBytes().newCodedInput(), tags);
                default -> event.skipField(field);
            }
        }
        if (!tags.isEmpty()) {
            shown.add(new Shown(step, tags));
        }
    }

    private static void tags(CodedInputStream summary, List<String> tags) throws IOException {
        for (int field = summary.readTag(); field != 0; field = summary.readTag()) {
            CodedInputStream value = summary.readBytes().newCodedInput();
            for (int inner = value.readTag(); inner != 0; inner = value.readTag()) {
                if (WireFormat.getTagFieldNumber(inner) == 1) {
                    tags.add(value.readString());
                } else {
                    value.skipField(inner);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
