package org.lungo.deploy.template;

import java.nio.file.Path;

/** A template that could reach files. */
record KnowsFiles(Path folder) {}
