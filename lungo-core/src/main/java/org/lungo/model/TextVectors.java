package org.lungo.model;

import org.lungo.tensor.Tensor;

/** Makes vectors of the texts of rows. */
interface TextVectors {
    /** {@code all}: INT32 [rows, tokens of all texts]. Returns [rows, width]. */
    Tensor forward(Tensor all);
}
