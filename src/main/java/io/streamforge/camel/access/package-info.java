/**
 * Who may ask for what over HTTP: tokens, sessions of browsers, scopes, and how often; it knows
 * nothing of what is asked for.
 */
@NullMarked
package io.streamforge.camel.access;

import org.jspecify.annotations.NullMarked;
