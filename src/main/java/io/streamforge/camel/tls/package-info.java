/** What TLS connections to peers trust. */
@NullMarked
package io.streamforge.camel.tls;

import org.jspecify.annotations.NullMarked;
