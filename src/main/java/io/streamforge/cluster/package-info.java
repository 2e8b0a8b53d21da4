/** Jobs of queues on a Kubernetes cluster: how they are launched, looked at and deleted. */
@NullMarked
package io.streamforge.cluster;

import org.jspecify.annotations.NullMarked;
