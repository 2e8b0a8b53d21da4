package io.streamforge.camel.edge;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * With what the HTTP port proves who it is.
 *
 * @param certificate a PEM file with the server's certificate and those between it and the
 *     authority
 * @param key a PEM file with its private key, not encrypted
 */
public record ServerTls(Path certificate, Path key) {
  public ServerTls {
    requireNonNull(certificate, "certificate is null");
    requireNonNull(key, "key is null");
  }
}
