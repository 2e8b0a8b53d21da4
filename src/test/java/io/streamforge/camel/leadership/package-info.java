/** Tests of what only one of several processes may do. */
@NullMarked
package io.streamforge.camel.leadership;

import org.jspecify.annotations.NullMarked;
