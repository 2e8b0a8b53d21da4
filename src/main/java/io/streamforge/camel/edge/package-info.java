/**
 * Guards and completes the HTTP port: who may ask, how many at once, what is counted, and what is
 * answered where no route is.
 */
@NullMarked
package io.streamforge.camel.edge;

import org.jspecify.annotations.NullMarked;
