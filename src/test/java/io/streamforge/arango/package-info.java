/**
 * A server for tests that speaks ArangoDB's HTTP API, as far as our statements use it, and refuses
 * what the real one refuses.
 */
@NullMarked
package io.streamforge.arango;

import org.jspecify.annotations.NullMarked;
