/** Starts the service and reads its settings. */
@NullMarked
package io.streamforge;

import org.jspecify.annotations.NullMarked;
