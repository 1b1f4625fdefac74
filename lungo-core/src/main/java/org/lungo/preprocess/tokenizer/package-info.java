/**
 * From text to the ids of tokens and back, with vocabularies that were published or learned here.
 *
 * <p>Never here: batches, padding, tensors; a tokenizer of its own (the Rust library encodes, whatever made the file).
 *
 * <p>Start with {@link org.lungo.preprocess.tokenizer.Tokenizer}.
 */
@NullMarked
package org.lungo.preprocess.tokenizer;

import org.jspecify.annotations.NullMarked;
