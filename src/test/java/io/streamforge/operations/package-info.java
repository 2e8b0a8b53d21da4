/** Tests of the routes in routes/operations. */
@NullMarked
package io.streamforge.operations;

import org.jspecify.annotations.NullMarked;
