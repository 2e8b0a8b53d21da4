/**
 * Peers of the summary bot that run inside the process: to try the bot with nothing installed, and
 * to test it.
 */
@NullMarked
package io.streamforge.playground;

import org.jspecify.annotations.NullMarked;
