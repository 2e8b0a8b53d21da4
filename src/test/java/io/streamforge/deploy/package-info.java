/** What is shipped beside the code: manifests, alerts, unit and site files, dependencies. */
@NullMarked
package io.streamforge.deploy;

import org.jspecify.annotations.NullMarked;
