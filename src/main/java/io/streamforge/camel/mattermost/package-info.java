/** Mattermost's REST API and its WebSocket as Camel endpoints; knows nothing of summaries. */
@NullMarked
package io.streamforge.camel.mattermost;

import org.jspecify.annotations.NullMarked;
