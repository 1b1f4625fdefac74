/**
 * Batch work that can be stopped at any moment and is continued by the same command: the journal of what is safe, files that
 * only grow, the list of what could not be used, and a conveyor that reads, computes and writes at once. A file of texts is
 * answered as a whole, see {@link org.lungo.deploy.batch.TextFileJob}. It knows no family of models.
 */
@NullMarked
package org.lungo.deploy.batch;

import org.jspecify.annotations.NullMarked;
