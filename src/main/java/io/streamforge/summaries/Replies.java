package io.streamforge.summaries;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Makes the reply to a request out of what a discussion was summarised to. */
public final class Replies {
  private final AnswerWriter writer;
  private final Links links;
  private final Fingerprints fingerprints;
  private final Desk desk;

  public Replies(AnswerWriter writer, Links links, Fingerprints fingerprints, Desk desk) {
    this.writer = writer;
    this.links = links;
    this.fingerprints = fingerprints;
    this.desk = desk;
  }

  /** What to record of the request. */
  public SummaryEvent settled(Summary summary, Discussion discussion, Summarised summarised) {
    Links shown = discussion.rootId().isEmpty() ? Links.none() : links;
    Reply reply = new Reply(Reply.Kind.SUMMARY, writer.parts(discussion, summarised, shown));
    ArrayNode sections = SummaryJson.MAPPER.createArrayNode();
    for (Section section : writer.sections(discussion, summarised, shown)) {
      ObjectNode written = sections.addObject();
      written.put("section", section.kind().name().toLowerCase(Locale.ROOT));
      written.put("heading", section.heading());
      section.lines().forEach(written.putArray("lines")::add);
    }
    Made made =
        new Made(
            summarised.coverage().total(),
            summarised.coverage().covered(),
            summarised.tokens().asked(),
            summarised.tokens().answered(),
            summarised.byModel() ? summarised.model() : "",
            summarised.byModel() ? summarised.promptVersion() : "",
            summarised.language().code(),
            fingerprints.of(discussion),
            sections);
    return desk.settled(summary, reply, made);
  }
}
