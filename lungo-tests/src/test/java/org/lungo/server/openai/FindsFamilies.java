package org.lungo.server.openai;

import java.nio.file.Path;
import org.lungo.family.Families;

/** A protocol finds out whose a model is. */
record FindsFamilies(Path model) {
    String name() throws java.io.IOException {
        return Families.of(model).name();
    }
}
