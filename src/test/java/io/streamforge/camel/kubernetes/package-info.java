/** An API server with a job controller and nodes, for tests. */
@NullMarked
package io.streamforge.camel.kubernetes;

import org.jspecify.annotations.NullMarked;
