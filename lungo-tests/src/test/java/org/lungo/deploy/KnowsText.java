package org.lungo.deploy;

import org.lungo.deploy.text.TextGenerator;

/** What is below text knows text. */
record KnowsText(TextGenerator generator) {}
