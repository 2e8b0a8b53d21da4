/** One id for all that follows from a request, as W3C Trace Context hands it on. */
@NullMarked
package io.streamforge.camel.trace;

import org.jspecify.annotations.NullMarked;
