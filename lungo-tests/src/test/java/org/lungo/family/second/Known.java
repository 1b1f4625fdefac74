package org.lungo.family.second;

/** Something of a family. */
public record Known(int value) {}
