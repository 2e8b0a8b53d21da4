/** What every server of models does, whichever format it speaks. */
@NullMarked
package io.streamforge.llms;

import org.jspecify.annotations.NullMarked;
