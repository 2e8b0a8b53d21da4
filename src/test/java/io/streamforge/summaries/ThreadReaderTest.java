package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final ThreadReader reader = new ThreadReader();

  private static boolean isCommand(String text) {
    return Set.of("/summary", "!summary").contains(text.strip());
  }

  private static JsonNode thread(String version) throws IOException {
    return JSON.readTree(
        Path.of("src/test/resources/summaries/threads", version + ".json").toFile());
  }

  @ParameterizedTest
  @CsvSource({
    "5.0,  fgsr93eynbggfxr4c6ge99e63o, doq9b3myft887y7wq5948gjfwa, r5rn7o8mmtgsif6r176dpzx8pa",
    "5.36, ogiuadp66fyuj8ryzg4wwmcx4a, 3zbi3frs6jyobj3b35bzyopu4h, dcyu6fc5afy9jqi3hpqrh7sr9e",
    "6.7,  rxo15ukayjromkd1j11j36r98r, tsiithtwsi85fkwju177ism46a, 66ou94fwa3r37cb1c49ifcuffw"
  })
  void each_server_s_thread_is_read_in_order_without_what_does_not_count(
      String version, String bot, String root, String channel) throws IOException {
    Reading reading = reader.read(thread(version), bot, ThreadReaderTest::isCommand);
    assertThat(reading.rootId()).isEqualTo(root);
    assertThat(reading.channelId()).isEqualTo(channel);
    assertThat(reading.userIds()).hasSize(3).doesNotContain(bot);
    Discussion discussion = reading.discussion(JSON.createArrayNode());
    assertThat(discussion.messages()).hasSize(15);
    assertThat(discussion.messages()).extracting(Message::at).isSorted();
    assertThat(discussion.messages().get(0).text()).startsWith("Production alert");
    assertThat(discussion.messages())
        .extracting(Message::author)
        .containsOnly("user-1", "user-2", "user-3", "summary-bot");
    assertThat(discussion.messages())
        .extracting(Message::text)
        .contains("!summary 5", "summary: all fine")
        .doesNotContain("/summary", " /summary", "!summary from bot");
  }

  @Test
  void users_have_their_names_and_nothing_that_names_itself_takes_one() {
    ObjectNode answer = JSON.createObjectNode();
    put(answer, "a", 1, "u1", "hello");
    put(answer, "b", 2, "u1", "not me").putObject("props").put("override_username", "@Bob");
    put(answer, "c", 3, "u2", "who am I");
    put(answer, "d", 4, "u3", "somebody who is called like one without a name");
    ArrayNode users = JSON.createArrayNode();
    users.addObject().put("id", "u1").put("username", "bob");
    users.addObject().put("id", "u3").put("username", "user-1");
    Discussion discussion =
        reader.read(answer, "bot", ThreadReaderTest::isCommand).discussion(users);
    assertThat(discussion.messages())
        .extracting(Message::author)
        .containsExactly("bob", "Bob (webhook)", "user-2", "user-1");
  }

  @Test
  void files_reactions_and_attachments_speak_too() throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    put(answer, "a", 1, "u1", "")
        .set(
            "metadata",
            JSON.readTree(
                "{\"files\":[{\"name\":\"trace.txt\"}],\"reactions\":[{\"emoji_name\":\"eyes\"},{\"emoji_name\":\"+1\"}]}"));
    put(answer, "b", 2, "u1", "see file").putArray("file_ids").add("x").add("y");
    put(answer, "c", 3, "u1", "")
        .set(
            "props",
            JSON.readTree(
                "{\"attachments\":[{\"title\":\"Build 7\",\"text\":\"failed\",\"fallback\":\"f\",\"fields\":[{\"title\":\"Branch\",\"value\":\"main\"}]},{\"fallback\":\"plain\"}]}"));
    List<Message> messages =
        reader
            .read(answer, "bot", ThreadReaderTest::isCommand)
            .discussion(JSON.createArrayNode())
            .messages();
    assertThat(messages.get(0).files()).containsExactly("trace.txt");
    assertThat(messages.get(0).reactions()).isEqualTo(2);
    assertThat(messages.get(1).files()).containsExactly("file 1", "file 2");
    assertThat(messages.get(2).text()).isEqualTo("Build 7\nfailed\nBranch\nmain\nplain");
  }

  @Test
  void what_the_system_said_and_what_was_deleted_does_not_count() {
    ObjectNode answer = JSON.createObjectNode();
    put(answer, "a", 5, "u1", "kept");
    put(answer, "b", 5, "u1", "joined").put("type", "system_join_channel");
    put(answer, "c", 5, "u1", "gone").put("delete_at", 7);
    put(answer, "d", 5, "u1", "a poll").put("type", "custom_matterpoll");
    assertThat(
            reader
                .read(answer, "bot", ThreadReaderTest::isCommand)
                .discussion(JSON.createArrayNode())
                .messages())
        .extracting(Message::text)
        .containsExactly("kept", "a poll");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5000})
  void a_thread_has_any_length(int posts) {
    ObjectNode answer = JSON.createObjectNode();
    for (int number = posts; number > 0; number--) {
      put(answer, "p" + number, number, "u" + number % 7, "text " + number);
    }
    List<Message> messages =
        reader
            .read(answer, "bot", ThreadReaderTest::isCommand)
            .discussion(JSON.createArrayNode())
            .messages();
    assertThat(messages).hasSize(posts);
    assertThat(messages.get(0).text()).isEqualTo("text 1");
    assertThat(messages.get(posts - 1).text()).isEqualTo("text " + posts);
  }

  @Test
  void an_answer_without_posts_is_none() {
    assertThatThrownBy(
            () -> reader.read(JSON.createObjectNode(), "bot", ThreadReaderTest::isCommand))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ObjectNode put(ObjectNode answer, String id, int at, String user, String text) {
    ObjectNode post = answer.withObject("/posts").putObject(id);
    return post.put("id", id).put("create_at", at).put("user_id", user).put("message", text);
  }
}
