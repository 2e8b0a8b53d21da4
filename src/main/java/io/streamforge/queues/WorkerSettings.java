package io.streamforge.queues;

/**
 * What every worker is told of the systems around it; empty text where nothing is set.
 *
 * @param caPath where a worker finds the certificate authority of the brokers
 * @param namespace the Kubernetes namespace that its job runs in
 */
public record WorkerSettings(
    String kafkaBootstrapServers,
    String kafkaUser,
    String caPath,
    String controlTopic,
    String eventsTopic,
    String arangoUrl,
    String arangoDb,
    String arangoUser,
    String namespace) {}
