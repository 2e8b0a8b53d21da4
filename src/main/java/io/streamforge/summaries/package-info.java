/** The rules of the summary bot: from a command in a thread to an answer in that thread. */
@NullMarked
package io.streamforge.summaries;

import org.jspecify.annotations.NullMarked;
