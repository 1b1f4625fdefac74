/**
 * Models that translate: what they are on disk, and how they write translations.
 *
 * <p>Never here: how they are trained.
 *
 * <p>Start with {@link org.lungo.deploy.translation.Translator}.
 */
@NullMarked
package org.lungo.deploy.translation;

import org.jspecify.annotations.NullMarked;
