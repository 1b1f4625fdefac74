package org.lungo.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Successive rows of a source, the good apart from the bad.
 *
 * @param rows the rows that can be used; may be none
 * @param kept further columns that were asked for, as texts; null when none were
 * @param numbers the number of each usable row in its source, from 1
 * @param bad the rows that cannot be used
 * @param end the place after them
 */
public record Chunk(Table rows, @Nullable Table kept, long[] numbers, List<BadRow> bad, RowMark end) {}
