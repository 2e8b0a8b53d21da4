package io.streamforge.camel.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that trusts the certificates of one PEM file, or those that the system trusts. */
public final class TrustedAuthority {
  private TrustedAuthority() {}

  /**
   * What a client needs.
   *
   * @param pem a file of certificates; an empty path is the system's trust store
   * @throws IllegalArgumentException when there are none to be read
   */
  public static SSLContext context(String pem) {
    try {
      if (pem.isEmpty()) {
        return SSLContext.getDefault();
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      try (InputStream in = Files.newInputStream(Path.of(pem))) {
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          trusted.setCertificateEntry("authority-" + trusted.size(), each);
        }
      }
      if (trusted.size() == 0) {
        throw new CertificateException("it holds none");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "no certificates can be read from " + pem + ": " + e.getMessage(), e);
    }
  }
}
