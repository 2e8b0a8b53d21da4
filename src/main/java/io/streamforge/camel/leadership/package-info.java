/**
 * What only one of several processes may do: which one that is, and the routes that run there only.
 */
@NullMarked
package io.streamforge.camel.leadership;

import org.jspecify.annotations.NullMarked;
