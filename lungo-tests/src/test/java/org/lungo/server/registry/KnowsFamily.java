package org.lungo.server.registry;

import org.lungo.family.language.TextGenerator;

/** What serves every kind of model knows one of them. */
record KnowsFamily(TextGenerator generator) {}
