/** Lungo: from data to a deployed model, on the JVM. */
@NullMarked
package org.lungo;

import org.jspecify.annotations.NullMarked;
