package io.streamforge.camel.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Reads pages off the classpath, once. Only what was found then is ever served, so no request can
 * reach another file.
 */
final class ClasspathPages {
  private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/";
  private static final List<String> SWAGGER_UI_FILES =
      List.of("swagger-ui.css", "swagger-ui-bundle.js");
  private static final List<String> OUR_DOCS = List.of("index.html", "docs.css", "docs.js");

  private ClasspathPages() {}

  /** The files of the folder {@code web}: the start page at the root, all others below it. */
  static Map<String, Page> site() {
    var index = ClasspathPages.class.getResource("/web/index.html");
    if (index == null) {
      throw new IllegalStateException("web/index.html is missing from the classpath");
    }
    try {
      var uri = index.toURI();
      if (!uri.getScheme().equals("jar")) {
        return files(Path.of(uri).resolveSibling(""));
      }
      var jar = URI.create(uri.toString().split("!", 2)[0]);
      try (FileSystem archive = FileSystems.newFileSystem(jar, Map.of())) {
        return files(archive.getPath("/web"));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("web/index.html is at no readable place: " + index, e);
    } catch (IOException e) {
      throw new UncheckedIOException("The pages in web/ cannot be read", e);
    }
  }

  private static Map<String, Page> files(Path folder) throws IOException {
    var pages = new HashMap<String, Page>();
    try (var walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        var name = folder.relativize(file).toString().replace('\\', '/');
        var page = Page.named(name, Files.readAllBytes(file));
        if (name.equals("index.html")) {
          pages.put("/", page);
          pages.put("/index.html", page);
        } else {
          pages.put("/web/" + name, page);
        }
      }
    }
    return pages;
  }

  /** Swagger UI under {@code /docs/}, in a page of ours that looks like the site. */
  static Map<String, Page> docs() {
    var folder = SWAGGER_UI + swaggerUiVersion() + "/";
    var pages = new HashMap<String, Page>();
    for (String name : SWAGGER_UI_FILES) {
      pages.put("/docs/" + name, Page.named(name, resource(folder + name)));
    }
    for (String name : OUR_DOCS) {
      pages.put("/docs/" + name, Page.named(name, resource("docs/" + name)));
    }
    pages.put("/docs/", pages.get("/docs/index.html"));
    return pages;
  }

  private static String swaggerUiVersion() {
    var properties = new Properties();
    try (InputStream in = open("META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("The version of Swagger UI cannot be read", e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the classpath", e);
    }
  }

  private static InputStream open(String name) {
    var in = ClasspathPages.class.getClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(name + " is missing from the classpath");
    }
    return in;
  }
}
