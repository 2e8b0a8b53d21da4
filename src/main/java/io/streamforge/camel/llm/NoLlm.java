package io.streamforge.camel.llm;

/** No server of models at all. */
public final class NoLlm {
  /** Refuses. */
  public LlmAnswer ask() throws LlmRefusedException {
    throw new LlmRefusedException(0, "There is no model to ask: LLM_BASE_URL is not set");
  }
}
