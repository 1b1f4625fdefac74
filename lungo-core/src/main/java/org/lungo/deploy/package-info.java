/**
 * What every family's model is on disk and how it is served: its folder, the manifest that has the hash of each file, the
 * settings of its server.
 *
 * <p>Never here: anything of training (losses, optimisers, the loop); a family.
 *
 * <p>Start with {@link org.lungo.deploy.ModelFolder}.
 */
@NullMarked
package org.lungo.deploy;

import org.jspecify.annotations.NullMarked;
