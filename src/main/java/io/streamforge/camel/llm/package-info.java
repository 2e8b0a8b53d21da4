/** Asking servers of large language models over HTTP; knows nothing of what is asked. */
@NullMarked
package io.streamforge.camel.llm;

import org.jspecify.annotations.NullMarked;
