package org.lungo.data;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the user names: a file ({@code .csv .tsv .txt .data .parquet .jsonl .ndjson .json .arff}, text files also with
 * {@code .gz}), a folder with folders of texts, whose names are their labels, or a database ({@code jdbc:...} with a query;
 * {@code ${NAME}} in it stands for an environment variable).
 */
public record Source(String location, ReadOptions options) {
    private static final int LOOKED_AT = 1 << 20;

    /** A source with standard options. */
    public static Source of(String location) {
        return new Source(location, ReadOptions.DEFAULTS);
    }

    /** True for the generated example data, {@link Generated#LOCATION}. */
    boolean isGenerated() {
        return location.equals(Generated.LOCATION);
    }

    /** True for a database. */
    public boolean isDatabase() {
        return location.startsWith("jdbc:");
    }

    /** True for a file, a folder or a pattern. */
    public boolean isFile() {
        return !isDatabase() && !isGenerated();
    }

    /** True for a folder: its texts are the rows of a table with the columns {@code file}, {@code label} and {@code text}. */
    public boolean isFolder() {
        return isFile() && new File(location).isDirectory(); // a pattern is no path on Windows
    }

    /** Whether the rows come in an order of their own: a file's do, those of a query when it ends in {@code ORDER BY}. */
    public boolean isOrdered() {
        String query = options.query();
        return !isDatabase() || query == null || ReadingQuery.isOrdered(query);
    }

    /** True for what is neither a database nor a file that says with its name that it is something else. */
    boolean isCsv() {
        return isFile()
                && !List.of("parquet", "jsonl", "ndjson", "json", "arff").contains(extension());
    }

    /** True for JSON. */
    boolean isJson() {
        return isFile() && List.of("jsonl", "ndjson", "json").contains(extension());
    }

    /** True for JSON in the encoding that it should have. */
    boolean isUtf8Json() {
        return isJson() && Encoding.named(options.encoding()).isUtf8();
    }

    /** A short name for what is read: of a file or of a database, without a password. */
    public String name() {
        if (isDatabase()) {
            String last = location.replaceFirst("[?;].*", "").replaceFirst(".*[/:]", "");
            return last.matches("[A-Za-z][A-Za-z0-9_-]*") ? last : "database";
        }
        String file = Path.of(location).getFileName().toString();
        int dot = file.indexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    /** The location for messages, without passwords. */
    String title() {
        return withoutSecrets(location);
    }

    /** Whether a password stands in the location, where a variable's name could: {@code password=${DB_PASSWORD}}. */
    public boolean holdsSecret() {
        return isDatabase() && new DatabaseAddress(location).holdsSecret();
    }

    /** A text, such as a location or a command line, without the passwords of {@code jdbc:} addresses in it. */
    public static String withoutSecrets(String text) {
        return text.contains("jdbc:") ? DatabaseAddress.withoutSecrets(text) : text;
    }

    /**
     * Opens the source.
     *
     * @throws DataException when it does not exist, is empty or cannot be read as what its name says
     */
    public TableReader open() {
        check();
        return TableReader.open(this);
    }

    /**
     * Opens the source to go through its rows once, the unusable ones too.
     *
     * @throws DataException as {@link #open}
     */
    public RowScan scan() {
        check();
        return RowScan.open(this);
    }

    /**
     * The files that the location stands for: itself, those of a folder that can be read, by name, or those that a pattern
     * such as {@code in/*.parquet} fits, by path. A folder that holds nothing but folders of texts is one source.
     *
     * @throws DataException when there are none
     */
    public List<Source> files() {
        return isFile() && !(isFolder() && TextFolder.isLabelled(Path.of(location)))
                ? FileSearch.of(location).stream()
                        .map(file -> new Source(file, options))
                        .toList()
                : List.of(this);
    }

    /**
     * Whether the location is a folder of texts without labels and {@code columns} those of a model that reads a folder's
     * texts alone; other models read the files of such a folder as tables.
     */
    public boolean holdsTextsFor(List<String> columns) {
        return isFolder() && columns.equals(List.of(TextFolder.TEXT)) && Documents.areTexts(location);
    }

    private void check() {
        if (isFile() && !isFolder()) {
            checkFile(Path.of(location));
        }
    }

    /** The part of the name that tells the format, in lower case and without {@code .gz}. */
    String extension() {
        String name = location.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The SHA-256 of the file, of several the one of theirs, or of the location and query of a database, in hexadecimal. */
    public String fingerprint() {
        if (!isFile()) {
            return sha256((location + "\n" + options.query()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try {
            return Fingerprint.of(isFolder() ? FileSearch.below(Path.of(location)) : FileSearch.of(location));
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + title() + ": " + e.getMessage());
        }
    }

    /** The SHA-256 of bytes in hexadecimal. */
    static String sha256(byte[] bytes) {
        return Fingerprint.of(bytes);
    }

    private void checkFile(Path file) {
        if (!Files.isReadable(file)) {
            throw new DataException(
                    "E301",
                    "cannot read " + file + ": " + (Files.exists(file) ? "no permission" : "no such file")
                            + "; check the path (relative paths start at "
                            + Path.of("").toAbsolutePath() + ")");
        }
        try {
            if (extension().equals("parquet")) {
                Packing.requireParquet(file);
            } else {
                checkText(file);
            }
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + file + ": " + e.getMessage());
        }
    }

    private void checkText(Path file) throws IOException {
        try (InputStream in = stream()) {
            byte[] start = in.readNBytes(LOOKED_AT);
            if (new String(start, java.nio.charset.StandardCharsets.ISO_8859_1).isBlank()) {
                throw new DataException("E301", file + " is empty; a table needs a header and rows");
            }
            Encoding encoding = Encoding.named(options.encoding());
            if (!encoding.isWide() && hasZeroByte(start)) {
                throw new DataException(
                        "E301",
                        file + " is not a text file (it holds zero bytes). Expected CSV, JSON lines, ARFF or Parquet;"
                                + " for UTF-16 text set data.read.encoding: utf-16");
            }
            if (encoding.isUtf8()) {
                Utf8.check(location, new SequenceInputStream(new ByteArrayInputStream(start), in), LOOKED_AT);
            }
        }
    }

    /** DuckDB's SQL for how the file is packed. */
    String packing() {
        try {
            return Packing.of(Path.of(location)).sql();
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + location + ": " + e.getMessage());
        }
    }

    /** The bytes of the file, unpacked; {@code mark} is supported. */
    InputStream stream() throws IOException {
        return Packing.unpacked(Path.of(location));
    }

    private static boolean hasZeroByte(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
