package io.streamforge.camel.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFileLoaderTest {
  private static final AtomicInteger MADE = new AtomicInteger();

  private static final String BEAN =
      """
      - beans:
          - name: %s
            type: io.streamforge.camel.yaml.RouteFileLoaderTest$Greeter
      """;
  private static final String ROUTE =
      """
      - route:
          id: %1$s
          from:
            uri: direct:%1$s
            steps:
              - setBody:
                  expression:
                    method:
                      ref: %2$s
                      method: greet
      """;

  @TempDir private Path folder;

  /** What route files make. */
  public static final class Greeter {
    public Greeter() {
      MADE.incrementAndGet();
    }

    public String greet() {
      return "hello";
    }
  }

  @BeforeEach
  void countAnew() {
    MADE.set(0);
  }

  @Test
  void beans_of_several_files_are_made_once_each() throws Exception {
    try (var camel =
        started(
            ROUTE.formatted("before", "second"),
            BEAN.formatted("first") + ROUTE.formatted("one", "first"),
            BEAN.formatted("second") + ROUTE.formatted("two", "second"))) {
      for (String route : List.of("before", "one", "two")) {
        assertThat(camel.createProducerTemplate().requestBody("direct:" + route, ""))
            .isEqualTo("hello");
      }
      assertThat(MADE).hasValue(2);
    }
  }

  @Test
  void a_running_service_takes_routes_that_need_a_bean_of_a_later_file() throws Exception {
    try (var camel = started(ROUTE.formatted("one", "first"), BEAN.formatted("first"))) {
      load(camel, ROUTE.formatted("two", "second"), BEAN.formatted("second"));
      assertThat(camel.createProducerTemplate().requestBody("direct:two", "")).isEqualTo("hello");
      assertThat(MADE).hasValue(2);
    }
  }

  @Test
  void a_file_that_only_speaks_of_beans_is_read_like_any_other() throws Exception {
    try (var camel =
        started(BEAN.formatted("first"), "# beans\n" + ROUTE.formatted("one", "first"))) {
      assertThat(camel.createProducerTemplate().requestBody("direct:one", "")).isEqualTo("hello");
    }
  }

  @Test
  void a_bean_that_cannot_be_made_is_told() {
    assertThatThrownBy(() -> started(BEAN.formatted("first").replace("Greeter", "Nobody")).close())
        .hasStackTraceContaining("RouteFileLoaderTest$Nobody");
  }

  private DefaultCamelContext started(String... files) throws Exception {
    var camel = new DefaultCamelContext();
    RouteFileLoader.bind(camel.getRegistry());
    load(camel, files);
    camel.start();
    return camel;
  }

  private void load(DefaultCamelContext camel, String... files) throws Exception {
    List<Resource> resources = new ArrayList<>();
    for (String text : files) {
      Path file = Files.createTempFile(folder, "route", ".camel.yaml");
      Files.writeString(file, text);
      resources.add(ResourceHelper.resolveMandatoryResource(camel, "file:" + file));
    }
    PluginHelper.getRoutesLoader(camel).loadRoutes(resources);
  }
}
