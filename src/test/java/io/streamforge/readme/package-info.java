/** The README, held to what it says: its commands are executed, its links and names exist. */
@NullMarked
package io.streamforge.readme;

import org.jspecify.annotations.NullMarked;
