package org.lungo.server.openai;

import org.lungo.server.http.CycleInHttp;

/** OpenAI's API knows HTTP. */
public record CycleInOpenAi(CycleInHttp other) {}
