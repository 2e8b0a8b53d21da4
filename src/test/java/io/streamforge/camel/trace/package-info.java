/** Tests of how traces are handed on. */
@NullMarked
package io.streamforge.camel.trace;

import org.jspecify.annotations.NullMarked;
