/**
 * What a server tells Prometheus.
 *
 * <p>Start with {@link org.lungo.server.metrics.ServerMetrics}.
 */
@NullMarked
package org.lungo.server.metrics;

import org.jspecify.annotations.NullMarked;
