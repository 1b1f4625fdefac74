/**
 * Config files: YAML that binds to records, closed and located. The records are the single source of what may be written.
 *
 * <p>Never here: what the values do.
 *
 * <p>Start with {@link org.lungo.experiment.config.ConfigFile}.
 */
@NullMarked
package org.lungo.experiment.config;

import org.jspecify.annotations.NullMarked;
