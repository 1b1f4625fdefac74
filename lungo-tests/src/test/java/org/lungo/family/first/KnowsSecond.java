package org.lungo.family.first;

import org.lungo.family.second.Known;

/** A family knows another. */
record KnowsSecond(Known other) {}
