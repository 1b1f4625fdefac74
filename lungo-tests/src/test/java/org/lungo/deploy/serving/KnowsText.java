package org.lungo.deploy.serving;

import org.lungo.deploy.text.TextGenerator;

/** The queue of every family knows one of them. */
record KnowsText(TextGenerator generator) {}
