package io.streamforge.camel.kafka;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority, made anew for each test that asks for one. */
public final class TestAuthority {
  private static final Duration BEFORE = Duration.ofDays(10);

  private final X500Principal name = new X500Principal("CN=authority of a test");
  private final KeyPair keys = keys();
  private final X509Certificate certificate;

  public TestAuthority() {
    certificate = sign(name, keys, new GeneralName(GeneralName.dNSName, "authority"), in(1), true);
  }

  /** A moment so many days from now. */
  public static Instant in(int days) {
    return Instant.now().plus(Duration.ofDays(days));
  }

  /** Writes what clients have to trust. */
  public Path writeCertificate(Path file) {
    return write(file, certificate);
  }

  /**
   * Writes a key and the certificate for it, which is valid since some days.
   *
   * @param host the only one that the certificate is made out to: an address, or a name
   */
  public Path writeIdentity(Path file, String host, Instant end) {
    KeyPair own = keys();
    int kind = host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
    try {
      return write(
          file,
          new JcaPKCS8Generator(own.getPrivate(), null).generate(),
          sign(
              new X500Principal("CN=broker of a test"),
              own,
              new GeneralName(kind, host),
              end,
              false));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private X509Certificate sign(
      X500Principal subject, KeyPair own, GeneralName host, Instant end, boolean authority) {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(System.nanoTime()),
            Date.from(Instant.now().minus(BEFORE)),
            Date.from(end),
            subject,
            own.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(host));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Path write(Path file, Object... entries) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object entry : entries) {
        writer.writeObject(entry);
      }
      writer.flush();
      return Files.writeString(file, text.toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
