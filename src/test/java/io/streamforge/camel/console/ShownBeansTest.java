package io.streamforge.camel.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.apache.camel.ManagementMBeansLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class ShownBeansTest {

  @Test
  void the_context_and_its_routes_are_shown() throws Exception {
    assertThat(types(ManagementMBeansLevel.RoutesOnly))
        .contains("context", "routes")
        .doesNotContain("endpoints");
  }

  @Test
  void endpoints_are_shown_above_the_level_of_routes() throws Exception {
    assertThat(types(ManagementMBeansLevel.Default)).contains("context", "routes", "endpoints");
  }

  @Test
  void processors_consumers_and_producers_are_never_shown() throws Exception {
    assertThat(types(ManagementMBeansLevel.Default))
        .doesNotContain("processors", "consumers", "producers");
  }

  /** What types of Camel's beans there are in JMX while a route runs. */
  private static Set<String> types(ManagementMBeansLevel level) throws Exception {
    try (var camel = new DefaultCamelContext()) {
      camel.getManagementStrategy().setManagementObjectStrategy(new ShownBeans());
      camel.getManagementStrategy().getManagementAgent().setMBeansLevel(level);
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("timer:once").to("log:shown");
            }
          });
      camel.start();
      var pattern = "org.apache.camel:context=" + camel.getManagementName() + ",*";
      return ManagementFactory.getPlatformMBeanServer()
          .queryNames(new ObjectName(pattern), null)
          .stream()
          .map(name -> name.getKeyProperty("type"))
          .collect(Collectors.toSet());
    }
  }
}
