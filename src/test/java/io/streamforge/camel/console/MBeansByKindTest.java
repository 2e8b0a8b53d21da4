package io.streamforge.camel.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class MBeansByKindTest {
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  @Test
  void each_bean_offers_what_camel_by_itself_offers() throws Exception {
    Set<String> offered = offered(true);
    Set<String> missing = offered(false);
    Set<String> added = new TreeSet<>(offered);
    added.removeAll(missing);
    missing.removeAll(offered);
    assertThat(missing).isEmpty();
    assertThat(added).as("nothing but itself").allMatch(one -> one.contains(" MBeansByKind: "));
    assertThat(offered)
        .contains("routes \"one\": ExchangesTotal", "routes \"two\": stop()")
        .anyMatch(one -> one.startsWith("context"))
        .anyMatch(one -> one.startsWith("services"));
  }

  @Test
  void each_route_tells_of_itself() throws Exception {
    try (var camel = camel(true)) {
      camel.createProducerTemplate().sendBody("direct:one", "");
      assertThat(attribute(camel, "one", "RouteId")).isEqualTo("one");
      assertThat(attribute(camel, "two", "RouteId")).isEqualTo("two");
      assertThat(attribute(camel, "one", "ExchangesTotal")).isEqualTo(1L);
      assertThat(attribute(camel, "two", "ExchangesTotal")).isEqualTo(0L);
    }
  }

  private static Object attribute(DefaultCamelContext camel, String route, String name)
      throws Exception {
    var bean = SERVER.queryNames(names(camel, "type=routes,name=\"" + route + "\""), null);
    return SERVER.getAttribute(bean.iterator().next(), name);
  }

  /** Attributes and operations of all beans, with the type and the name of the bean. */
  private static Set<String> offered(boolean byKind) throws Exception {
    try (var camel = camel(byKind)) {
      Set<String> offered = new TreeSet<>();
      for (ObjectName name : SERVER.queryNames(names(camel, "*"), null)) {
        String bean =
            name.getKeyProperty("type")
                + " "
                + name.getKeyProperty("name").replaceAll("\\(0x\\w+\\)", "").replaceAll("\\d", "");
        offered.addAll(
            members(SERVER.getMBeanInfo(name))
                .map(member -> bean + ": " + member)
                .collect(Collectors.toSet()));
      }
      return offered;
    }
  }

  private static Stream<String> members(MBeanInfo info) {
    return Stream.concat(
        Arrays.stream(info.getAttributes()).map(attribute -> attribute.getName()),
        Arrays.stream(info.getOperations()).map(operation -> operation.getName() + "()"));
  }

  private static ObjectName names(DefaultCamelContext camel, String more) throws Exception {
    return new ObjectName("org.apache.camel:context=" + camel.getManagementName() + "," + more);
  }

  private static DefaultCamelContext camel(boolean byKind) throws Exception {
    var camel = new DefaultCamelContext();
    camel.getCamelContextExtension().setName("by-kind");
    if (byKind) {
      camel.getCamelContextExtension().setManagementMBeanAssembler(new MBeansByKind(camel));
    }
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:one").routeId("one").to("log:one");
            from("direct:two").routeId("two").to("log:two");
          }
        });
    camel.start();
    return camel;
  }
}
