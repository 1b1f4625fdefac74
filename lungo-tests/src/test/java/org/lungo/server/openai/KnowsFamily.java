package org.lungo.server.openai;

import org.lungo.family.language.TextGenerator;

/** A protocol knows a family, in place of an ability. */
record KnowsFamily(TextGenerator generator) {}
