/** Faults of the network between the service and what it depends on. */
@NullMarked
package io.streamforge.faults;

import org.jspecify.annotations.NullMarked;
