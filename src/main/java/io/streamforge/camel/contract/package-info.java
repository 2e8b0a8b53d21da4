/** Serves an OpenAPI contract at its own paths and refuses what it does not allow. */
@NullMarked
package io.streamforge.camel.contract;

import org.jspecify.annotations.NullMarked;
