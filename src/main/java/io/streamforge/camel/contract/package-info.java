/**
 * Serves OpenAPI contracts over HTTP: one route for each of their paths, every fault of a request
 * in one answer, and nothing in or out but what the contract names.
 */
@NullMarked
package io.streamforge.camel.contract;

import org.jspecify.annotations.NullMarked;
