package io.streamforge.summaries;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a discussion into chunks between its messages, and a message only when it is too long. */
final class Chunker {
  private final int budget;
  private final List<Draft> drafts = new ArrayList<>();
  private @Nullable Draft open;
  private @Nullable LocalDate day;

  /** A chunk whose number is not known yet. */
  private static final class Draft {
    private final StringBuilder lines = new StringBuilder();
    private final int first;
    private int last;
    private int tokens;

    Draft(int first) {
      this.first = first;
    }
  }

  private Chunker(int budget) {
    this.budget = budget;
  }

  /**
   * Cuts a discussion.
   *
   * @param budget how many tokens a chunk may have, as {@link TokenEstimate} counts them
   * @return the chunks in order; each message is in one of them, or all of its pieces are
   */
  static List<Chunk> chunks(Discussion discussion, int budget) {
    Chunker chunker = new Chunker(budget);
    discussion.messages().forEach(chunker::add);
    List<Chunk> chunks = new ArrayList<>();
    for (Draft draft : chunker.drafts) {
      int number = chunks.size() + 1;
      String lines = draft.lines.toString();
      chunks.add(new Chunk(number, chunker.drafts.size(), draft.first, draft.last, lines));
    }
    return chunks;
  }

  private void add(Message message) {
    String line = MessageLine.of(message, tellsDay(message));
    int tokens = TokenEstimate.of(line) + 1;
    if (open != null && open.tokens + tokens > budget) {
      day = null;
      line = MessageLine.of(message, tellsDay(message));
      tokens = TokenEstimate.of(line) + 1;
    }
    if (tokens <= budget) {
      append(message.number(), line, tokens);
      return;
    }
    for (String piece : MessageLine.pieces(message, budget)) {
      append(message.number(), piece, TokenEstimate.of(piece) + 1);
    }
  }

  /** Each chunk tells the day of its first message, and of each on another day. */
  private boolean tellsDay(Message message) {
    if (!MessageLine.isTimed(message)) {
      return false;
    }
    LocalDate said = MessageLine.day(message);
    boolean tells = !said.equals(day);
    day = said;
    return tells;
  }

  private void append(int message, String line, int tokens) {
    Draft to = open;
    if (to == null || to.tokens + tokens > budget) {
      to = new Draft(message);
      drafts.add(to);
      open = to;
    }
    to.lines.append(line).append('\n');
    to.last = message;
    to.tokens += tokens;
  }
}
