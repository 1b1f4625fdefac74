package org.lungo.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** What a file is packed in, as its first bytes say; its name may say something else. */
enum Packing {
    NONE("a plain file", "none", "read it"),
    GZIP("a gzip file", "gzip", "unpack it"),
    PARQUET("a Parquet file", "none", "rename it so that its name ends in .parquet"),
    EXCEL("an Excel workbook", "none", "save the sheet as CSV, and name that file"),
    ZIP("a zip archive", "none", "unpack it, and name the file that comes out"),
    ZSTD("a Zstandard file", "none", "unpack it with zstd -d, and name the file that comes out"),
    BZIP2("a bzip2 file", "none", "unpack it with bzip2 -d, and name the file that comes out"),
    XZ("an xz file", "none", "unpack it with xz -d, and name the file that comes out");

    private static final int LOOKED_AT = 1 << 12;
    private static final byte[] OLD_OFFICE = bytes(0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1);
    private static final byte[] ZIP_FILE = bytes('P', 'K', 3, 4);
    private static final byte[] GZIP_FILE = bytes(0x1F, 0x8B, 8);
    private static final byte[] ZSTD_FILE = bytes(0x28, 0xB5, 0x2F, 0xFD);
    private static final byte[] XZ_FILE = bytes(0xFD, '7', 'z', 'X', 'Z', 0);
    private static final byte[] BZIP2_BLOCK = bytes(0x31, 0x41, 0x59, 0x26, 0x53, 0x59);
    private static final byte[] PARQUET_FILE = bytes('P', 'A', 'R', '1');

    private final String title;
    private final String compression;
    private final String remedy;

    Packing(String title, String compression, String remedy) {
        this.title = title;
        this.compression = compression;
        this.remedy = remedy;
    }

    /** What the file is packed in. */
    static Packing of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(LOOKED_AT));
        }
    }

    private static Packing of(byte[] start) {
        if (starts(start, GZIP_FILE)) {
            return GZIP;
        }
        if (starts(start, ZIP_FILE)) {
            String names = new String(start, StandardCharsets.ISO_8859_1);
            return names.contains("xl/") || names.contains("[Content_Types].xml") || names.contains("spreadsheet")
                    ? EXCEL
                    : ZIP;
        }
        if (starts(start, OLD_OFFICE)) {
            return EXCEL;
        }
        if (starts(start, PARQUET_FILE)) {
            return PARQUET;
        }
        if (starts(start, ZSTD_FILE)) {
            return ZSTD;
        }
        if (starts(start, XZ_FILE)) {
            return XZ;
        }
        boolean bzip2 = start.length > 10 && start[0] == 'B' && start[1] == 'Z' && start[2] == 'h';
        return bzip2 && Arrays.equals(start, 4, 10, BZIP2_BLOCK, 0, 6) ? BZIP2 : NONE;
    }

    /**
     * The bytes of a text file, unpacked where it is a gzip file; {@code mark} is supported.
     *
     * @param file its name for messages
     * @param bytes of the file, which are closed with what is returned
     * @throws DataException when it is packed in something else, saying in what, and what to do
     */
    static InputStream unpacked(String file, InputStream bytes) throws IOException {
        InputStream in = new BufferedInputStream(bytes, 1 << 13);
        try {
            in.mark(LOOKED_AT);
            Packing packing = of(in.readNBytes(LOOKED_AT));
            in.reset();
            packing.requireText(file);
            return packing == GZIP ? new BufferedInputStream(new GZIPInputStream(in)) : in;
        } catch (EOFException e) {
            in.close();
            throw new IOException("it is packed with gzip, and cut short", e);
        } catch (DataException | IOException e) {
            in.close();
            throw e;
        }
    }

    /** {@link #unpacked(String, InputStream)} of a file. */
    static InputStream unpacked(Path file) throws IOException {
        return unpacked(file.toString(), Files.newInputStream(file));
    }

    private void requireText(String file) {
        if (this != NONE && this != GZIP) {
            throw new DataException(
                    "E301", file + " must be a text file, which gzip may pack. Received: " + title + "; " + remedy);
        }
    }

    /**
     * Makes sure that a file that is called Parquet is.
     *
     * @throws DataException when it is something else, saying what, and what to do
     */
    static void requireParquet(Path file) throws IOException {
        Packing packing = of(file);
        if (packing != PARQUET) {
            String way = packing == NONE
                    ? "; name it by what it holds, such as .csv or .jsonl"
                    : packing == GZIP ? "; unpack it, or name it by what it holds" : "; " + packing.remedy;
            throw new DataException("E301", file + " must be a Parquet file. Received: " + packing.title + way);
        }
    }

    /** DuckDB's SQL that keeps it from judging by the name. */
    String sql() {
        return "compression = " + Sql.quote(compression);
    }

    private static boolean starts(byte[] bytes, byte[] with) {
        return bytes.length >= with.length && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
