/**
 * The rules of queues: what a request means, which state may follow which, and what is to be done
 * about it.
 */
@NullMarked
package io.streamforge.queues;

import org.jspecify.annotations.NullMarked;
