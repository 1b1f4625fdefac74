/**
 * Models that translate: what they are on disk, and how they write translations.
 *
 * <p>Never here: how they are trained.
 *
 * <p>Start with {@link org.lungo.family.translation.Translator}.
 */
@NullMarked
package org.lungo.family.translation;

import org.jspecify.annotations.NullMarked;
