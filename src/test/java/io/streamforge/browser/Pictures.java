package io.streamforge.browser;

import static java.awt.image.BufferedImage.TYPE_INT_RGB;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures of pages, as PNG files. */
final class Pictures {
  private static final Path FOLDER = Path.of(System.getProperty("pictures", "target/pictures"));

  private Pictures() {}

  /** Keeps a picture where those of the README are made: {@code -Dpictures=docs/pictures}. */
  static Path keep(String name, byte[] picture) {
    return write(FOLDER, name, small(picture));
  }

  /** The same picture packed tighter than a browser does. */
  private static byte[] small(byte[] picture) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam tight = writer.getDefaultWriteParam();
    tight.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    tight.setCompressionQuality(0);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(packed)) {
      BufferedImage seen = ImageIO.read(new ByteArrayInputStream(picture));
      BufferedImage opaque = new BufferedImage(seen.getWidth(), seen.getHeight(), TYPE_INT_RGB);
      opaque.createGraphics().drawImage(seen, 0, 0, null);
      writer.setOutput(out);
      writer.write(null, new IIOImage(opaque, null, null), tight);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return packed.toByteArray();
  }

  /** Writes a picture; what no file name can hold becomes a dash. */
  static Path write(Path folder, String name, byte[] picture) {
    try {
      Files.createDirectories(folder);
      return Files.write(folder.resolve(name.replaceAll("[^A-Za-z0-9_-]+", "-") + ".png"), picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
