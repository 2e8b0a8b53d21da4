package io.streamforge.camel.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The JSON values of <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>, of
 * which the last may be the text {@code [DONE]}; or the one value of a body that is no stream of
 * events.
 */
final class EventReader implements WireFormat.ValueReader {
  static final String END = "[DONE]";
  private final BufferedReader lines;
  private final ObjectMapper json;
  private boolean begun;
  private boolean over;
  private @Nullable JsonNode next;

  EventReader(InputStream body, ObjectMapper json) {
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    this.json = json;
  }

  @Override
  public @Nullable JsonNode next() throws IOException {
    while (next == null && !over) {
      read();
    }
    JsonNode value = next;
    next = null;
    return value;
  }

  /** Reads one event. */
  private void read() throws IOException {
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!begun && !line.isBlank() && !isField(line)) {
        readWhole(line);
        return;
      }
      begun |= !line.isBlank();
      if (line.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(line.substring("data:".length()).strip());
      } else if (line.isEmpty() && !data.isEmpty()) {
        take(data.toString());
        return;
      }
    }
    over = true;
    if (!data.isEmpty()) {
      take(data.toString());
    }
  }

  private static boolean isField(String line) {
    return line.matches("(data|event|id|retry)?:.*");
  }

  private void readWhole(String first) throws IOException {
    StringBuilder all = new StringBuilder(first);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      all.append('\n').append(line);
    }
    over = true;
    take(all.toString());
  }

  private void take(String data) throws IOException {
    over |= data.equals(END);
    next = data.equals(END) ? TextNode.valueOf(END) : json.readTree(data);
  }
}
