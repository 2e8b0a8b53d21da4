/** Runs the part of AQL that our statements use; anything else is a parse error. */
@NullMarked
package io.streamforge.arango.aql;

import org.jspecify.annotations.NullMarked;
