/**
 * Language models as they answer: they write texts, and turn texts into vectors.
 *
 * <p>Never here: how they are trained.
 *
 * <p>Start with {@link org.lungo.family.language.TextGenerator}.
 */
@NullMarked
package org.lungo.family.language;

import org.jspecify.annotations.NullMarked;
