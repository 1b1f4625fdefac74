/**
 * Models that give tokens labels, as they are stored and as they answer: start with {@link
 * org.lungo.family.labelling.Labeller}. No training lives here.
 */
@NullMarked
package org.lungo.family.labelling;

import org.jspecify.annotations.NullMarked;
