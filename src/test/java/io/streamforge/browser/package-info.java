/** The dashboard as people meet it: in a real browser, against a running service. */
@NullMarked
package io.streamforge.browser;

import org.jspecify.annotations.NullMarked;
