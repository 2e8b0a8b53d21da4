/**
 * The console for operators: Hawtio's pages over Jolokia, which lets through what a policy allows.
 */
@NullMarked
package io.streamforge.camel.console;

import org.jspecify.annotations.NullMarked;
