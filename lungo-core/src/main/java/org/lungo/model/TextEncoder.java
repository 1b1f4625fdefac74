package org.lungo.model;

import org.lungo.tensor.Tensor;

/** Makes one vector of each text. */
interface TextEncoder {
    /**
     * The vectors of some texts.
     *
     * @param tokens INT32 [rows, length], 0 after a text's last one; in training some may be 0 within
     * @param padding BOOL [rows, length], true after a text's last token
     * @return [rows, width]; 0 for a text without tokens
     */
    Tensor forward(Tensor tokens, Tensor padding);
}
