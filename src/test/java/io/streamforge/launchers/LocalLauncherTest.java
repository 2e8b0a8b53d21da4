package io.streamforge.launchers;

import io.streamforge.camel.kafka.KafkaConnection;
import io.streamforge.camel.kafka.TestBroker;
import java.util.Map;

/** The workers inside the process keep the contract. */
class LocalLauncherTest extends LauncherContractTest {

  @Override
  Launcher start() {
    return new Launcher(
        "local",
        Map.of(
            "data.dir",
            folder.toString(),
            "local.tick",
            "100ms",
            "local.lease",
            "2s",
            "kafka.send.timeout",
            "1s",
            "local.report.period",
            "200ms"),
        Map.of("kafkaConnection", KafkaConnection.plaintext(TestBroker.bootstrapServers())));
  }
}
