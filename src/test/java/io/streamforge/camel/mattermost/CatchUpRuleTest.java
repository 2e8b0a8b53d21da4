package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which request comes next, and which posts an answer brings. */
class CatchUpRuleTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TEAM = "t".repeat(26);
  private static final String CHANNEL = "c".repeat(26);
  private static final long POSITION = 1_000_000;

  private final CatchUp round =
      new CatchUp(
          new MattermostRequests(),
          OptionalLong.of(POSITION),
          9_000_000,
          Duration.ofHours(1),
          Duration.ofSeconds(10));

  private void enterChannel(long lastPostAt) {
    ArrayNode teams = MAPPER.createArrayNode();
    teams.addObject().put("id", TEAM);
    teams.addObject().put("id", "u".repeat(26));
    round.take(teams);
    ArrayNode channels = MAPPER.createArrayNode();
    channels.addObject().put("id", CHANNEL).put("type", "D").put("last_post_at", lastPostAt);
    round.take(channels);
    round.take(channels);
  }

  private static ObjectNode list(long first, int count) {
    ObjectNode list = MAPPER.createObjectNode();
    for (int i = 0; i < count; i++) {
      String id = String.format("p%025d", first - i);
      list.withArray("order").add(id);
      list.withObject("/posts").putObject(id).put("id", id).put("create_at", first - i);
    }
    return list;
  }

  @Test
  void a_channel_that_two_teams_name_is_read_once_from_before_the_position_on() {
    enterChannel(2_000_000);
    assertThat(round.request().toString()).isEqualTo("GET channels/" + CHANNEL + "/posts");
    assertThat(round.request().query()).isEqualTo("since=990000");
    assertThat(round.take(list(2_000_000, 3)))
        .extracting(post -> post.post().path("create_at").asLong())
        .containsExactly(1_999_998L, 1_999_999L, 2_000_000L);
    assertThat(round.unfinished()).isFalse();
    assertThat(round.position()).isEqualTo(2_000_000);
  }

  @Test
  void a_quiet_channel_is_not_read() {
    enterChannel(POSITION - 10_001);
    assertThat(round.unfinished()).isFalse();
    assertThat(round.position()).isEqualTo(POSITION);
  }

  @Test
  void a_suspiciously_long_answer_is_read_by_pages_until_one_reaches_back() {
    enterChannel(2_000_000);
    assertThat(round.take(list(2_000_000, CatchUp.SUSPICIOUS))).isEmpty();
    assertThat(round.request().query()).isEqualTo("page=0&per_page=200");
    ObjectNode page = list(2_000_000, 200);
    // An old root, which comes along with an answer to it, does not say how far the page reaches.
    page.withObject("/posts").putObject("root").put("id", "root").put("create_at", 5);
    assertThat(round.take(page)).hasSize(200);
    assertThat(round.request().query()).isEqualTo("page=1&per_page=200");
    assertThat(round.take(list(1_999_900, 200))).as("the pages have moved").hasSize(100);
    assertThat(round.request().query()).isEqualTo("page=2&per_page=200");
    ObjectNode last = list(1_999_700, 199);
    last.withArray("order").add("old");
    last.withObject("/posts").putObject("old").put("id", "old").put("create_at", 990_000);
    assertThat(round.take(last)).hasSize(199);
    assertThat(round.unfinished()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.0", "5.36", "6.7"})
  void of_a_captured_answer_the_deleted_posts_and_old_texts_are_left_out(String version)
      throws IOException {
    enterChannel(2_000_000);
    JsonNode answer;
    try (InputStream in =
        getClass().getResourceAsStream("/mattermost/" + version + "/channel-posts-since.json")) {
      answer = MAPPER.readTree(in);
    }
    List<MissedPost> posts = round.take(answer);
    assertThat(posts).hasSize(7).allMatch(post -> post.post().path("delete_at").asLong() == 0);
    assertThat(posts).extracting(post -> post.post().path("create_at").asLong()).isSorted();
  }

  @Test
  void a_position_of_the_future_is_none() {
    CatchUp late =
        new CatchUp(
            new MattermostRequests(),
            OptionalLong.of(9_999_999),
            5_000_000,
            Duration.ofHours(1),
            Duration.ZERO);
    late.take(MAPPER.createArrayNode());
    assertThat(late.position()).isEqualTo(5_000_000);
  }
}
