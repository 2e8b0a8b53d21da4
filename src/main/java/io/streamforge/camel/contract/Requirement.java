package io.streamforge.camel.contract;

import java.util.Optional;

/**
 * What an operation of a contract demands of its callers.
 *
 * @param path as it stands in the contract, with parameters in braces
 * @param verb in capitals
 * @param role the one role in its {@code security}; empty where that is {@code []}: everybody
 */
public record Requirement(String path, String verb, String operationId, Optional<String> role) {}
