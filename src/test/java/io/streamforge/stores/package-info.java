/** What every store does, whichever it is. */
@NullMarked
package io.streamforge.stores;

import org.jspecify.annotations.NullMarked;
