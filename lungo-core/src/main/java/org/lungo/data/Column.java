package org.lungo.data;

/** The values of one column of a {@link Table}. */
public sealed interface Column permits NumberColumn, TextColumn {
    /** The column's name. */
    String name();

    /** The number of rows. */
    int rows();

    /** True when the value of {@code row} is absent. */
    boolean missing(int row);

    /** The value of {@code row} as text, for messages; empty when missing. */
    String text(int row);

    /** The given rows, in the given order. */
    Column select(int[] rows);

    /** Mixes the value of each row into {@code hashes[at]} and those that follow; 64 bits, equal for equal values. */
    void hash(long[] hashes, int at);

    /** One step of such a mix: the finaliser of MurmurHash3 (Appleby 2011), applied to the sum. */
    static long mix(long hash, long value) {
        long mixed = (hash + 1) * 0x9E3779B97F4A7C15L + value;
        mixed = (mixed ^ mixed >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
