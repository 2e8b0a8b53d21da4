package io.streamforge.summaries;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A discussion that a model is asked about, chunk by chunk.
 *
 * @param points how many key points a chunk may have
 * @param participants the names of those who took part, by their lower-case forms
 * @param done how many chunks are done; they are worked on at the same time
 */
public record ChunkWork(
    Discussion discussion,
    Language language,
    List<Chunk> chunks,
    int points,
    Map<String, String> participants,
    AtomicInteger done) {
  private static final int POINTS_IN_ALL = 120;
  private static final int MOST_POINTS = 15;
  private static final int FEWEST_POINTS = 3;

  static ChunkWork of(Discussion discussion, Language language, List<Chunk> chunks) {
    int points = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, POINTS_IN_ALL / chunks.size()));
    Map<String, String> names = Participants.byLowerCase(discussion);
    return new ChunkWork(discussion, language, chunks, points, names, new AtomicInteger());
  }

  FindingsReader readerOf(Chunk chunk) {
    return new FindingsReader(participants, chunk::holds);
  }
}
