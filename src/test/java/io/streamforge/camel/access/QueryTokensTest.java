package io.streamforge.camel.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTokensTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/queues?token=x",
        "/queues?limit=3&access_token=x",
        "/queues?API_KEY=x",
        "/queues?apikey=x",
        "/ws/topic?authorization=x",
        "/ws/topic?%74oken=x",
        "/ws/topic?queue_id=Bearer%20x",
        "/queues?symbol=sft_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/queues?sft_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/queues?limit=%zz&token=x",
        "/queues?token=%zz",
        "/queues?x=%zz&y=sft_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/queues?cursor=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0."
      })
  void a_token_is_found_by_its_name_or_its_looks(String uri) {
    assertThat(QueryTokens.in(uri)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/queues",
        "/queues?limit=3&status=loading",
        "/queues?cursor=eyJhdCI6MX0",
        "/ws/topic?format=json&since=12",
        "/token?limit=3",
        "/queues?symbol=TOKEN",
        "/queues?tokens=1",
        "/queues?x=%zz",
        "/queues?x=%zz&limit",
        "/queues?sft_"
      })
  void anything_else_is_none(String uri) {
    assertThat(QueryTokens.in(uri)).isFalse();
  }
}
