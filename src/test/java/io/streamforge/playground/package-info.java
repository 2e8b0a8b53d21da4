/** The played peers behave as the measured ones. */
@NullMarked
package io.streamforge.playground;

import org.jspecify.annotations.NullMarked;
