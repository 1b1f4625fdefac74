/**
 * Where rows come from and how they are held: sources (files, databases), the column types, tables in memory, splits,
 * and the batches a training loop reads.
 *
 * <p>Never here: what is learned from data (package {@code preprocess}) and layers (package {@code nn}).
 *
 * <p>Start with {@link org.lungo.data.Table} and {@link org.lungo.data.Source}.
 */
@NullMarked
package org.lungo.data;

import org.jspecify.annotations.NullMarked;
