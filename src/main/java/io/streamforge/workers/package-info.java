/** The workers of the embedded launcher, and the records of the jobs they run in. */
@NullMarked
package io.streamforge.workers;

import org.jspecify.annotations.NullMarked;
