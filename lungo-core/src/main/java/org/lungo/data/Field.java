package org.lungo.data;

/** A column's name and meaning. */
public record Field(String name, Kind kind) {}
