package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChunkerTest {
  @Property(tries = 200)
  void every_character_of_every_message_is_in_a_chunk(
      @ForAll @Size(min = 1, max = 12) List<@StringLength(max = 900) String> texts,
      @ForAll @IntRange(min = 120, max = 2000) int budget) {
    Discussion discussion = discussion(texts);
    List<Chunk> chunks = Chunker.chunks(discussion, budget);
    TreeMap<Integer, StringBuilder> found = new TreeMap<>();
    for (Chunk chunk : chunks) {
      assertThat(TokenEstimate.of(chunk.lines())).as(chunk.lines()).isLessThanOrEqualTo(budget);
      for (String line : chunk.lines().lines().toList()) {
        JsonNode json = parse(line);
        int post = json.path("post").asInt();
        assertThat(chunk.holds(post)).isTrue();
        found.computeIfAbsent(post, any -> new StringBuilder()).append(json.path("text").asText());
      }
    }
    assertThat(found).hasSameSizeAs(texts);
    found.forEach((post, text) -> assertThat(text).hasToString(texts.get(post - 1)));
  }

  private static Discussion discussion(List<String> texts) {
    List<Message> messages = new ArrayList<>();
    for (String text : texts) {
      messages.add(Talk.message(messages.size() + 1, "bob", text));
    }
    return new Discussion("", "", messages);
  }

  private static JsonNode parse(String line) {
    try {
      return PlayedModel.JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a line is no JSON: " + line, e);
    }
  }

  @Test
  void a_discussion_that_fits_is_one_chunk_and_tells_the_day_once() {
    List<Chunk> chunks = Chunker.chunks(Talk.many(50, "да"), 10_000);
    assertThat(chunks).hasSize(1);
    assertThat(chunks.get(0).lines().split("\"day\"", -1)).hasSize(2);
    assertThat(chunks.get(0)).extracting(Chunk::first, Chunk::last).containsExactly(1, 50);
  }

  @Test
  void each_chunk_of_a_long_one_tells_the_day_of_its_first_message() {
    List<Chunk> chunks = Chunker.chunks(Talk.many(1000, "Нужно проверить выгрузку"), 2000);
    assertThat(chunks).hasSizeGreaterThan(5);
    assertThat(chunks)
        .allMatch(chunk -> chunk.lines().lines().findFirst().orElse("").contains("\"day\""));
    assertThat(chunks).extracting(Chunk::number).isSorted();
  }

  @Test
  void a_message_that_is_larger_than_a_chunk_is_cut_between_words() {
    Discussion discussion = Talk.of("alice: hi", "bob: " + "слово ".repeat(5000), "carol: bye");
    List<Chunk> chunks = Chunker.chunks(discussion, 1000);
    assertThat(chunks).hasSizeGreaterThan(5);
    assertThat(chunks.get(1).lines()).contains("\"post\":2", "\"part\":\"");
    assertThat(chunks.get(1).lines()).doesNotContain("\"text\":\"лово", "\"text\":\"ово");
    assertThat(chunks.get(chunks.size() - 1).lines()).contains("bye");
  }

  @Tag("benchmark")
  @Test
  void five_thousand_posts_are_cut_in_no_time() {
    String text = "Коллеги, нужно до пятницы проверить резервные копии и подготовить план отката. ";
    Discussion discussion = Talk.many(5000, text.repeat(3));
    long plain = Long.MAX_VALUE;
    long chunked = Long.MAX_VALUE;
    long seen = 0;
    int chunks = 0;
    for (int round = 0; round < 10; round++) {
      long begin = System.nanoTime();
      for (Message message : discussion.messages()) {
        seen += message.text().codePoints().filter(Character::isLetter).count();
      }
      plain = Math.min(plain, System.nanoTime() - begin);
      begin = System.nanoTime();
      chunks = Chunker.chunks(discussion, 11_000).size();
      chunked = Math.min(chunked, System.nanoTime() - begin);
    }
    System.out.printf(
        "5000 posts, %d letters: %d chunks in %.1f ms, a plain pass over the texts %.1f ms, ratio %.1f%n",
        seen / 10, chunks, chunked / 1e6, plain / 1e6, (double) chunked / plain);
    assertThat(chunked).isLessThan(300_000_000);
  }
}
