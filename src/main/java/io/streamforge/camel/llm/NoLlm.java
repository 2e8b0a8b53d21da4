package io.streamforge.camel.llm;

/** No server of models at all. */
public final class NoLlm implements LlmDesk.Server {
  @Override
  public LlmAnswer ask(LlmQuestion question) throws LlmRefusedException {
    throw new LlmRefusedException(0, "There is no model to ask: LLM_BASE_URL is not set");
  }
}
