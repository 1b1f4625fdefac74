/**
 * The metrics that Prometheus reads from a server.
 *
 * <p>Start with {@link org.lungo.server.metrics.ServerMetrics}.
 */
@NullMarked
package org.lungo.server.metrics;

import org.jspecify.annotations.NullMarked;
