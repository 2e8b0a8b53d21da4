/** What every launcher does, whichever it is. */
@NullMarked
package io.streamforge.launchers;

import org.jspecify.annotations.NullMarked;
