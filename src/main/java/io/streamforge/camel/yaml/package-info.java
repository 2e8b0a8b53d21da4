/** How route files are read. */
@NullMarked
package io.streamforge.camel.yaml;

import org.jspecify.annotations.NullMarked;
