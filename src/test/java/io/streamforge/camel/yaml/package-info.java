@NullMarked
package io.streamforge.camel.yaml;

import org.jspecify.annotations.NullMarked;
