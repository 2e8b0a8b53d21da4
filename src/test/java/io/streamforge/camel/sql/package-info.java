/** The SQL pieces, each by itself. */
@NullMarked
package io.streamforge.camel.sql;

import org.jspecify.annotations.NullMarked;
