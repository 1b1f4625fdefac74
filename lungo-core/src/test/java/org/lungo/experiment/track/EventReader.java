package org.lungo.experiment.track;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads event files by the published formats, without the code that wrote them and without protobuf-java. */
final class EventReader {
    /** CRC-32C by RFC 3720, section 12.1, bit by bit. */
    static int crc(byte[] bytes, int offset, int length) {
        int sum = -1;
        for (int i = offset; i < offset + length; i++) {
            sum ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum >>> 1) ^ ((sum & 1) == 0 ? 0 : 0x82f63b78);
            }
        }
        return ~sum;
    }

    static int masked(int crc) {
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    /** One event; {@code version} stands in the first alone. */
    record Event(double seconds, long step, String version, Map<String, Float> numbers, Map<String, String> texts) {}

    private EventReader() {}

    static List<Event> folder(Path folder) throws IOException {
        List<Event> events = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (!file.getFileName().toString().matches("events\\.out\\.tfevents\\.\\d{10}\\..+")) {
                    throw new IOException("no name of an event file: " + file);
                }
                events.addAll(file(file));
            }
        }
        return events;
    }

    static List<Event> file(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            int start = in.position();
            int length = Math.toIntExact(in.getLong());
            check(in.getInt(), masked(crc(bytes, start, 8)), "length");
            byte[] message = new byte[length];
            in.get(message);
            check(in.getInt(), masked(crc(message, 0, length)), "message");
            events.add(event(message));
        }
        return events;
    }

    private static void check(int found, int expected, String what) throws IOException {
        if (found != expected) {
            throw new IOException("wrong checksum of a " + what);
        }
    }

    private static Event event(byte[] message) {
        Map<Integer, List<Object>> fields = fields(message);
        Map<String, Float> numbers = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (Object summary : fields.getOrDefault(5, List.of())) {
            for (Object bytes : fields((byte[]) summary).getOrDefault(1, List.of())) {
                Map<Integer, List<Object>> value = fields((byte[]) bytes);
                String tag = text(value.get(1).get(0));
                if (value.containsKey(2)) {
                    numbers.put(tag, Float.intBitsToFloat((Integer) value.get(2).get(0)));
                } else {
                    Map<Integer, List<Object>> metadata =
                            fields((byte[]) value.get(9).get(0));
                    Map<Integer, List<Object>> plugin =
                            fields((byte[]) metadata.get(1).get(0));
                    Map<Integer, List<Object>> tensor =
                            fields((byte[]) value.get(8).get(0));
                    boolean string = tensor.get(1).equals(List.of(7L));
                    texts.put(
                            tag,
                            text(plugin.get(1).get(0)) + ":"
                                    + (string ? text(tensor.get(8).get(0)) : "?"));
                }
            }
        }
        double seconds = Double.longBitsToDouble((Long) fields.get(1).get(0));
        long step = (Long) fields.getOrDefault(2, List.of(0L)).get(0);
        String version = fields.containsKey(3) ? text(fields.get(3).get(0)) : "";
        return new Event(seconds, step, version, numbers, texts);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    /** The fields of a message by the wire format (protobuf.dev/programming-guides/encoding). */
    private static Map<Integer, List<Object>> fields(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, List<Object>> fields = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> varint(in);
                case 1 -> in.getLong();
                case 5 -> in.getInt();
                default -> {
                    byte[] bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    yield bytes;
                }
            };
            fields.computeIfAbsent((int) (tag >>> 3), number -> new ArrayList<>())
                    .add(value);
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
