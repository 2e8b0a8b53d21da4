package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermalinksTest {
  private static final String POST = "4g8q3fyc1jn4mksm3wqkpodq1y";
  private final Permalinks links = new Permalinks("https://chat.example.com/mm");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chat.example.com/mm/team/pl/" + POST,
        "https://chat.example.com/mm/_redirect/pl/" + POST,
        "  https://chat.example.com/mm/team/pl/" + POST + "\n",
        "<https://chat.example.com/mm/team/pl/" + POST + ">",
        "https://CHAT.example.com:443/mm/team/pl/" + POST,
        "https://chat.example.com/mm/team/pl/" + POST + "/"
      })
  void a_link_to_a_post_of_this_server_leads_to_it(String link) {
    assertThat(links.post(link)).contains(POST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        POST,
        "https://chat.example.com/team/pl/" + POST,
        "https://evil.example.com/mm/team/pl/" + POST,
        "http://chat.example.com/mm/team/pl/" + POST,
        "https://chat.example.com:8443/mm/team/pl/" + POST,
        "https://chat.example.com@evil.example.com/mm/team/pl/" + POST,
        "https://user@chat.example.com/mm/team/pl/" + POST,
        "https://chat.example.com.evil.example.com/mm/team/pl/" + POST,
        "https://chat.example.com/mm/team/channels/" + POST,
        "https://chat.example.com/mm/a/b/pl/" + POST,
        "https://chat.example.com/mm/team/pl/../../users/me",
        "https://chat.example.com/mm/team/pl/short",
        "see https://chat.example.com/mm/team/pl/" + POST,
        "https://chat.example.com/mm/team/pl/" + POST + " please",
        "javascript:alert(1)",
        "https://[::1"
      })
  void anything_else_leads_nowhere(String link) {
    assertThat(links.post(link)).isEmpty();
  }

  @Test
  void without_a_server_nothing_is_a_link() {
    assertThat(new Permalinks("").post("/team/pl/" + POST)).isEmpty();
  }

  @Test
  void a_server_on_a_port_of_its_own_is_known_by_it() {
    Permalinks local = new Permalinks("http://127.0.0.1:8065");
    assertThat(local.post("http://127.0.0.1:8065/team/pl/" + POST)).contains(POST);
    assertThat(local.post("http://127.0.0.1:8066/team/pl/" + POST)).isEmpty();
  }
}
