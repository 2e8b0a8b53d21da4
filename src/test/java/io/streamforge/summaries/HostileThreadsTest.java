package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.node.Link;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing that a thread orders, and nothing that a model makes of it, does anything in a channel.
 */
class HostileThreadsTest {
  private static final Links LINKS = new Links("https://chat.example.test");
  private static final int MOST_POSTS = 12;
  private static DiscussionRoutes routes;

  @BeforeAll
  static void start() throws Exception {
    routes = DiscussionRoutes.start(Map.of("LLM_NUM_CTX", "65536"), PlayedModel::answer);
  }

  @AfterAll
  static void stop() {
    routes.close();
  }

  /** The largest threads are not played to each model: they try lengths, not words. */
  static Stream<Arguments> threadsAndModels() {
    return HostileThread.all().stream()
        .flatMap(
            thread ->
                Stream.of(ObedientModel.values())
                    .filter(
                        model ->
                            !thread.name().startsWith("megabyte") || model == ObedientModel.ECHOES)
                    .map(model -> Arguments.of(thread, model)));
  }

  @ParameterizedTest
  @MethodSource("threadsAndModels")
  void a_model_that_obeys_gets_nothing_through(HostileThread thread, ObedientModel model)
      throws Exception {
    routes.play(model);
    Summarised summarised = routes.summarise(thread.discussion());
    assertThat(summarised.coverage().complete()).isTrue();
    checkOwners(thread, (Findings) summarised.content());
    check(thread, summarised);
  }

  static List<HostileThread> threads() {
    return HostileThread.all();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void a_digest_quotes_and_does_nothing(HostileThread thread) {
    check(thread, routes.summariser().digest(thread.discussion()));
  }

  @Test
  void there_are_enough_of_them_in_both_languages() {
    List<HostileThread> all = HostileThread.all();
    assertThat(all).hasSizeGreaterThanOrEqualTo(40);
    assertThat(all).filteredOn(thread -> thread.name().endsWith("-ru")).hasSizeGreaterThan(15);
    assertThat(all).filteredOn(thread -> thread.name().endsWith("-en")).hasSizeGreaterThan(15);
  }

  private static void checkOwners(HostileThread thread, Findings findings) {
    Set<String> names = Set.copyOf(Participants.byLowerCase(thread.discussion()).values());
    assertThat(findings.tasks())
        .allMatch(task -> task.owner().isEmpty() || names.contains(task.owner()));
  }

  private static void check(HostileThread thread, Summarised summarised) {
    List<String> posts = new AnswerWriter().parts(thread.discussion(), summarised, LINKS);
    assertThat(posts).hasSizeLessThanOrEqualTo(MOST_POSTS);
    assertThat(posts)
        .allMatch(post -> post.codePointCount(0, post.length()) <= AnswerWriter.LONGEST_POST)
        .allMatch(post -> post.codePoints().allMatch(HostileThreadsTest::isSeen));
    PostedMarkdown read = new PostedMarkdown(posts);
    AnswerWords words = AnswerWords.of(summarised.language());
    assertThat(read.headings)
        .containsExactly(
            Stream.of(Section.Kind.values()).map(words::heading).toArray(String[]::new));
    checkLinks(thread, read.links);
    checkWords(thread, read);
  }

  private static boolean isSeen(int point) {
    return point == '\n'
        || switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  private static void checkLinks(HostileThread thread, List<Link> links) {
    List<Message> messages = thread.discussion().messages();
    Set<String> permalinks =
        Set.copyOf(messages.stream().flatMap(message -> LINKS.to(message).stream()).toList());
    for (Link link : links) {
      String shown = PostedMarkdown.textOf(link);
      String to = link.getDestination();
      assertThat(link.getTitle()).isNull();
      if (shown.equals("↗")) {
        assertThat(permalinks).contains(to);
      } else {
        assertThat(shown).as("what a link shows").isEqualTo(to);
        assertThat(to).startsWithIgnoringCase("http").doesNotContain("stolen");
        assertThat(messages).anyMatch(message -> message.text().contains(to));
      }
    }
  }

  private static void checkWords(HostileThread thread, PostedMarkdown read) {
    assertThat(read.plainText()).doesNotContain("@", "＠", "﹫", "stolen.example", "<", ">");
    assertThat(read.plainText()).doesNotContainPattern("#\\p{L}");
    Set<String> names =
        Set.copyOf(
            thread.discussion().messages().stream()
                .map(message -> message.author().toLowerCase(Locale.ROOT))
                .toList());
    assertThat(read.mentionWords()).doesNotContainAnyElementsOf(names);
  }
}
