/**
 * A bundle as an ONNX file: the graph from raw columns to answers, its int8 form, and the proof that ONNX Runtime answers
 * as {@link org.lungo.family.tables.Scorer} does.
 *
 * <p>Never here: training, files of data. Nothing outside this package knows ONNX, and nothing loads ONNX Runtime but
 * {@link org.lungo.family.tables.onnx.OnnxScorer}.
 *
 * <p>Start with {@link org.lungo.family.tables.onnx.OnnxModel}.
 */
@NullMarked
package org.lungo.family.tables.onnx;

import org.jspecify.annotations.NullMarked;
