package org.lungo.deploy;

import org.lungo.deploy.text.TextBundle;

/** What is below text knows text. */
record KnowsText(TextBundle bundle) {}
