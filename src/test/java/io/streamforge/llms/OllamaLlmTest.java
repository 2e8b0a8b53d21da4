package io.streamforge.llms;

class OllamaLlmTest extends LlmContractTest {
  OllamaLlmTest() {
    super("ollama");
  }
}
