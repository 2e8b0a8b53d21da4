/**
 * Jobs and pods of one Kubernetes namespace: a client that neither hurries nor waits for ever, a
 * watch that notices when it is told nothing, and what pods say about why they failed.
 */
@NullMarked
package io.streamforge.camel.kubernetes;

import org.jspecify.annotations.NullMarked;
