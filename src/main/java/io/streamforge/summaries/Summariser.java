package io.streamforge.summaries;

import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmAwayException;
import io.streamforge.camel.llm.LlmQuestion;
import io.streamforge.camel.llm.LlmRefusedException;
import io.streamforge.summaries.Summarised.Tokens;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The steps from a discussion to what came of it, for the routes that ask a model in between. Safe
 * for use by many threads.
 */
public final class Summariser {
  private static final Findings NOTHING = new Findings(List.of(), List.of(), List.of(), List.of());

  private final SummaryPrompt prompt;
  private final TokenBudget budget;
  private final String model;
  private final String language;
  private final Clock clock;

  /**
   * For one model.
   *
   * @param model the name of the model, as it is shown
   * @param language {@code ru}, {@code en}, or {@code auto} for that of the discussion
   */
  public Summariser(
      SummaryPrompt prompt, TokenBudget budget, String model, String language, Clock clock) {
    this.prompt = prompt;
    this.budget = budget;
    this.model = model;
    this.language = language;
    this.clock = clock;
  }

  /** What can be said without a model. */
  public Summarised digest(Discussion discussion) {
    return new Summarised(
        Digest.of(discussion),
        Coverage.whole(discussion),
        Tokens.NONE,
        "",
        "",
        Language.of(language, discussion),
        clock.instant());
  }

  /**
   * Cuts a discussion into as many chunks as the model needs.
   *
   * @throws IllegalArgumentException when it has no messages
   */
  public ChunkWork work(Discussion discussion) {
    if (discussion.messages().isEmpty()) {
      throw new IllegalArgumentException("there is nothing to summarise");
    }
    Language spoken = Language.of(language, discussion);
    int tokens =
        budget.forData(prompt.forChunk(spoken, 10, 10, 10) + prompt.forRepair(" ".repeat(80)));
    return ChunkWork.of(discussion, spoken, Chunker.chunks(discussion, tokens));
  }

  /** What the model is asked about a chunk. */
  public LlmQuestion question(ChunkWork work, Chunk chunk) {
    return question(instructions(work, chunk), chunk);
  }

  /** What it is asked when its answer could not be used. */
  public LlmQuestion repair(ChunkWork work, ChunkOutcome outcome) {
    String repair = prompt.forRepair(outcome.reply().problem());
    return question(instructions(work, outcome.chunk()) + "\n\n" + repair, outcome.chunk());
  }

  private String instructions(ChunkWork work, Chunk chunk) {
    return prompt.forChunk(work.language(), work.points(), chunk.number(), chunk.of());
  }

  private LlmQuestion question(String instructions, Chunk chunk) {
    return new LlmQuestion(
        instructions, chunk.lines(), FindingsSchema.ofChunk(), budget.longestAnswer());
  }

  /** What came of a chunk that the model answered about. */
  public ChunkOutcome outcome(ChunkWork work, Chunk chunk, LlmQuestion question, LlmAnswer answer) {
    budget.learn(question, answer);
    ModelReply reply = work.readerOf(chunk).read(answer.text(), answer.cutOff());
    return new ChunkOutcome(chunk, reply, answer.text(), tokens(answer), null);
  }

  /** What came of it in the end: the second answer if that one is better, else the first. */
  public ChunkOutcome repaired(
      ChunkWork work, ChunkOutcome first, LlmQuestion question, LlmAnswer answer) {
    ChunkOutcome second = outcome(work, first.chunk(), question, answer);
    boolean better = second.isUsable() || !first.reply().saysSomething();
    ChunkOutcome chosen = better ? second : first;
    Tokens both = first.tokens().plus(second.tokens());
    return new ChunkOutcome(chosen.chunk(), chosen.reply(), chosen.answer(), both, null);
  }

  /** A chunk about which there is no answer. */
  public ChunkOutcome failed(Chunk chunk, Exception failure) {
    return new ChunkOutcome(chunk, new ModelReply(NOTHING, "none"), "", Tokens.NONE, failure);
  }

  /** Counts a chunk as done. */
  public Progress progress(ChunkWork work) {
    return new Progress(work.done().incrementAndGet(), work.chunks().size());
  }

  /**
   * What is left to be merged.
   *
   * @throws LlmAwayException when there is no answer about any chunk
   * @throws LlmRefusedException the same, when the server refused or said nothing that is of use
   */
  public Merging merging(ChunkWork work, List<ChunkOutcome> outcomes)
      throws LlmAwayException, LlmRefusedException {
    Gathering gathering = new Gathering(outcomes);
    if (gathering.gists().isEmpty()) {
      throwFailure(outcomes);
    }
    String instructions = prompt.forMerge(work.language());
    return new Merging(
        gathering.gists(), instructions, budget.forData(instructions), budget.longestAnswer());
  }

  private static void throwFailure(List<ChunkOutcome> outcomes)
      throws LlmAwayException, LlmRefusedException {
    for (ChunkOutcome outcome : outcomes) {
      if (outcome.failure() instanceof LlmAwayException away) {
        throw away;
      }
    }
    for (ChunkOutcome outcome : outcomes) {
      if (outcome.failure() instanceof LlmRefusedException refused) {
        throw refused;
      }
    }
    throw new LlmRefusedException(0, "the model gave no answer that could be used");
  }

  /** What the model made of several gists; put together by code when it made nothing of them. */
  public Gist merged(MergeBatch batch, LlmAnswer answer) {
    budget.learn(batch.question(), answer);
    FindingsReader reader = new FindingsReader(Map.of(), message -> false);
    ModelReply reply = reader.read(answer.text(), answer.cutOff());
    Gist joined = batch.joined();
    Tokens tokens = joined.tokens().plus(tokens(answer));
    boolean usable = !reply.findings().topics().isEmpty();
    return usable
        ? new Gist(reply.findings().topics(), reply.findings().conclusions(), tokens)
        : new Gist(joined.topics(), joined.conclusions(), tokens);
  }

  /** The next round of merging. */
  public Merging next(Merging merging, List<Gist> merged) {
    return merging.next(merged);
  }

  /** What came of the discussion. */
  public Summarised summarised(ChunkWork work, List<ChunkOutcome> outcomes, Merging merging) {
    Gathering gathering = new Gathering(outcomes);
    Gist whole = Gist.joined(merging.gists());
    return new Summarised(
        gathering.findings(whole),
        gathering.coverage(work.discussion().messages().size()),
        gathering.tokens().plus(whole.tokens()),
        model,
        prompt.version(),
        work.language(),
        clock.instant());
  }

  private static Tokens tokens(LlmAnswer answer) {
    return new Tokens(answer.promptTokens().orElse(0), answer.answerTokens().orElse(0));
  }
}
