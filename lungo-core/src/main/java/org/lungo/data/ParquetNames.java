package org.lungo.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives the columns of a Parquet file other names, which DuckDB cannot write when they differ only by case. Names stand in the
 * footer alone: it is copied with the new ones. The footer is a structure of Thrift's compact protocol, see
 * <a href="https://github.com/apache/parquet-format">the format of Parquet</a>, {@code parquet.thrift}.
 */
final class ParquetNames {
    private static final int END = 8; // the footer's length and "PAR1"

    private final ByteBuffer from;
    private final ByteArrayOutputStream to = new ByteArrayOutputStream();
    private final List<String> names;

    private ParquetNames(byte[] footer, List<String> names) {
        this.from = ByteBuffer.wrap(footer);
        this.names = names;
    }

    /**
     * Renames the columns of {@code file}, all of them and none with columns within it.
     *
     * @param names in the order of the columns
     */
    static void rename(Path file, List<String> names) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] end = new byte[END];
            bytes.seek(bytes.length() - END);
            bytes.readFully(end);
            int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
            long start = bytes.length() - END - length;
            byte[] footer = new byte[length];
            bytes.seek(start);
            bytes.readFully(footer);
            ParquetNames renaming = new ParquetNames(footer, names);
            renaming.struct(Place.FILE, -1);
            ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).putInt(renaming.to.size());
            bytes.seek(start);
            bytes.write(renaming.to.toByteArray());
            bytes.write(end);
            bytes.setLength(bytes.getFilePointer());
        }
    }

    /** Where a value stands, as far as it leads to names. */
    private enum Place {
        FILE,
        SCHEMA,
        ROW_GROUP,
        COLUMN,
        METADATA,
        NAME,
        OTHER;

        /** What the field with this number is. */
        Place field(int number) {
            return switch (this) {
                case FILE -> number == 2 ? SCHEMA : number == 4 ? ROW_GROUP : OTHER;
                case SCHEMA -> number == 4 ? NAME : OTHER;
                case ROW_GROUP -> number == 1 ? COLUMN : OTHER;
                case COLUMN -> number == 3 ? METADATA : OTHER;
                case METADATA -> number == 3 ? NAME : OTHER;
                default -> OTHER;
            };
        }
    }

    /** @param column the place of the column that the structure tells of; -1 for the table as a whole */
    private void struct(Place place, int column) {
        int number = 0;
        for (int head = copy(); head != 0; head = copy()) {
            int step = head >> 4 & 15;
            number = step == 0 ? (int) unzigzag(varint()) : number + step;
            value(head & 15, place.field(number), column);
        }
    }

    private void value(int type, Place place, int column) {
        switch (type) {
            case 1, 2 -> {} // a truth stands in the head
            case 3 -> copy();
            case 4, 5, 6 -> varint();
            case 7 -> copy(8);
            case 8 -> binary(place, column);
            case 9, 10 -> list(place, column);
            case 12 -> struct(place, column);
            default -> throw new IllegalStateException("type " + type + " in the footer of a Parquet file");
        }
    }

    private void list(Place place, int column) {
        int head = copy();
        int size = head >> 4 & 15;
        size = size == 15 ? (int) varint() : size;
        for (int i = 0; i < size; i++) {
            if ((head & 15) <= 2) {
                copy(); // a truth in a list is a byte
            } else {
                value(head & 15, place, place == Place.SCHEMA ? i - 1 : place == Place.COLUMN ? i : column);
            }
        }
    }

    private void binary(Place place, int column) {
        int at = from.position();
        int length = (int) read();
        byte[] text = new byte[length];
        if (place == Place.NAME && column >= 0) {
            from.get(text);
            byte[] name = names.get(column).getBytes(StandardCharsets.UTF_8);
            write(name.length);
            to.writeBytes(name);
        } else {
            int head = from.position() - at;
            from.position(at);
            copy(head + length);
        }
    }

    private int copy() {
        int value = from.get() & 255;
        to.write(value);
        return value;
    }

    private void copy(int count) {
        for (int i = 0; i < count; i++) {
            copy();
        }
    }

    private long varint() {
        long value = read();
        write(value);
        return value;
    }

    private long read() {
        long value = 0;
        int shift = 0;
        int next;
        do {
            next = from.get() & 255;
            value |= (long) (next & 127) << shift;
            shift += 7;
        } while (next >= 128);
        return value;
    }

    private void write(long value) {
        long rest = value;
        while ((rest & ~127L) != 0) {
            to.write((int) (rest & 127 | 128));
            rest >>>= 7;
        }
        to.write((int) rest);
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
