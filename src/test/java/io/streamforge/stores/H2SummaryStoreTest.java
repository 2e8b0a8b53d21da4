package io.streamforge.stores;

import static io.streamforge.stores.SummaryFixtures.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.sql.SharedH2DataSource;
import io.streamforge.summaries.ReadPosition;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The embedded database keeps the contract of summaries. */
class H2SummaryStoreTest extends SummaryStoreContractTest {

  @Override
  Store start() {
    return new Store("h2", Map.of("data.dir", folder.toString()));
  }

  @Test
  void a_file_of_before_there_were_summaries_keeps_working() {
    store.close();
    try (var source = source()) {
      new JdbcTemplate(source).execute("DROP TABLE summary; DROP TABLE read_position");
    }

    store = start();

    store.savePosition(new ReadPosition("channel", 1));
    assertThat(store.saveSummary(open().summary())).isNull();
  }

  private SharedH2DataSource source() {
    return new SharedH2DataSource(
        folder.resolve("streamforge").toString(), "h2/schema.sql", 2, Duration.ofSeconds(4));
  }
}
