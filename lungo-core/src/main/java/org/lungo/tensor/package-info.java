/**
 * Numbers in native memory and what can be computed with them: tensors, the scope that frees them, the engine's
 * settings, named random streams and the safetensors file format. The only package that touches libtorch.
 *
 * <p>Never here: layers, data sources, training. Nothing of {@code org.bytedeco} leaves this package.
 *
 * <p>Start with {@link org.lungo.tensor.Tensor} and {@link org.lungo.tensor.Scope}.
 */
@NullMarked
package org.lungo.tensor;

import org.jspecify.annotations.NullMarked;
