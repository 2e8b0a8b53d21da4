package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.BodyRule;
import io.streamforge.camel.contract.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a schema cannot say about a request for a summary: exactly one thing is named, and how. */
public final class SummaryRequestRule implements BodyRule {
  private static final List<String> WAYS = List.of("post_id", "permalink", "messages");

  private final Permalinks permalinks;

  /**
   * @param permalinks those of the Mattermost that the bot is at home in
   */
  public SummaryRequestRule(Permalinks permalinks) {
    this.permalinks = requireNonNull(permalinks, "permalinks is null");
  }

  @Override
  public List<Fault> faults(JsonNode body) {
    List<Fault> faults = new ArrayList<>();
    if (WAYS.stream().filter(body::has).count() != 1) {
      faults.add(new Fault("body", "must have exactly one of " + String.join(", ", WAYS)));
    }
    JsonNode link = body.path("permalink");
    if (link.isTextual() && permalinks.post(link.textValue()).isEmpty()) {
      faults.add(new Fault("permalink", "must be a link to a post of the bot's own Mattermost"));
    }
    if (isReadable(body.path("messages"))) {
      check(body.path("messages"), faults);
    }
    return faults;
  }

  /** The schema has nothing against what a message consists of. */
  private static boolean isReadable(JsonNode messages) {
    return messages.isArray()
        && !messages.isEmpty()
        && StreamSupport.stream(messages.spliterator(), false)
            .allMatch(each -> each.path("user").isTextual() && each.path("text").isTextual());
  }

  private static void check(JsonNode messages, List<Fault> faults) {
    try {
      new PastedReader().read(messages);
    } catch (IllegalArgumentException e) {
      String[] told = String.valueOf(e.getMessage()).split(" ", 2);
      faults.add(new Fault(told[0], told.length > 1 ? told[1] : "must be readable"));
    }
  }
}
