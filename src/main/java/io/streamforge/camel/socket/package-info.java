/**
 * A Camel component, {@code live-socket}, which fans numbered texts out to WebSocket clients on the
 * port of platform-http, with filter, replay and no wait for slow clients.
 */
@NullMarked
package io.streamforge.camel.socket;

import org.jspecify.annotations.NullMarked;
