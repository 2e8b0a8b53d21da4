/**
 * What camel-arangodb lacks: a client with TLS, several hosts and a login that is renewed, a schema
 * that is made when it is missing, statements from files, and failures told by what to do about
 * them.
 */
@NullMarked
package io.streamforge.camel.arango;

import org.jspecify.annotations.NullMarked;
