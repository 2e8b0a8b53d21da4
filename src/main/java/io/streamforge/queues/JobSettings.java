package io.streamforge.queues;

import java.util.Map;

/**
 * How Jobs are made; empty text where nothing is set.
 *
 * @param instance tells two installations on one cluster apart
 * @param workerSecret the Secret that holds the workers' passwords
 * @param caConfigMap the ConfigMap that holds the certificate authority, mounted where {@code
 *     CA_PATH} says
 * @param requests resource name to quantity
 * @param limits resource name to quantity
 */
public record JobSettings(
    String namespace,
    String instance,
    String workerSecret,
    String caConfigMap,
    String caPath,
    String serviceAccount,
    String pullPolicy,
    int backoffLimit,
    int ttlSeconds,
    Map<String, String> nodeSelector,
    Map<String, String> requests,
    Map<String, String> limits) {}
