/**
 * The families: what Lungo learns and answers, one package each. A family is a line in a list here; what answers stands in its
 * package, what learns in its package {@code training}.
 *
 * <p>Never here: a family that knows another.
 *
 * <p>Start with {@link org.lungo.family.Families}.
 */
@NullMarked
package org.lungo.family;

import org.jspecify.annotations.NullMarked;
