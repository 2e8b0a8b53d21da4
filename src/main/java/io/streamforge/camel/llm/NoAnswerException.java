package io.streamforge.camel.llm;

/** What came from a server is no usable answer; the message goes on behind the server's name. */
final class NoAnswerException extends Exception {
  NoAnswerException(String message) {
    super(message);
  }
}
