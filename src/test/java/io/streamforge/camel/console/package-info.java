/** Tests of the console. */
@NullMarked
package io.streamforge.camel.console;

import org.jspecify.annotations.NullMarked;
