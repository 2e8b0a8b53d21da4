package io.streamforge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Predicate;
import org.apache.camel.component.bean.BeanComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Java that routes name is there: Camel itself would only miss it when the step is reached. */
@ExtendWith(SharedService.class)
class RouteBeansTest {
  private final RunningService service;
  private final Map<String, String> declared = new HashMap<>();

  RouteBeansTest(RunningService service) {
    this.service = service;
    for (RouteFile file : RouteFile.all()) {
      for (JsonNode beans : file.tree().findValues("beans")) {
        beans.forEach(bean -> declared.put(bean.path("name").asText(), bean.path("type").asText()));
      }
    }
  }

  @Test
  void every_method_that_a_route_names_is_there_with_as_many_parameters() {
    for (RouteFile file : RouteFile.all()) {
      file.walk((key, node) -> check(file, key, node));
    }
  }

  @Test
  void every_class_that_a_route_catches_is_there() {
    for (RouteFile file : RouteFile.all()) {
      for (JsonNode exceptions : file.tree().findValues("exception")) {
        exceptions.forEach(name -> assertThat(load(name.asText())).isAssignableTo(Throwable.class));
      }
    }
  }

  @Test
  void what_a_class_offers_was_kept_when_the_routes_were_made() {
    BeanComponent component =
        service.application().camel().getComponent("bean", BeanComponent.class);
    assertThat(component.getCurrentBeanCacheSize()).isGreaterThan(50);
  }

  private void check(RouteFile file, String key, JsonNode node) {
    String uri = node.path("uri").asText();
    if (uri.startsWith("class:") || uri.startsWith("bean:")) {
      String name = uri.substring(uri.indexOf(':') + 1);
      Class<?> type = uri.startsWith("class:") ? load(name) : bean(name);
      check(file, type, node.path("parameters").path("method").asText());
    } else if (key.equals("ref") && node.isObject()) {
      String name = node.path("expression").asText();
      assertThat(bean(name)).as(file + " refers to " + name).isAssignableTo(Predicate.class);
    } else if (key.equals("bean") || key.equals("method")) {
      boolean typed = node.hasNonNull("beanType");
      Class<?> type =
          typed ? load(node.path("beanType").asText()) : bean(node.path("ref").asText());
      check(file, type, node.path("method").asText());
    }
  }

  private static void check(RouteFile file, Class<?> type, String call) {
    int open = call.indexOf('(');
    String name = open < 0 ? call : call.substring(0, open);
    assertThat(Arrays.stream(type.getMethods()))
        .as("%s: %s of %s", file, call, type.getName())
        .anyMatch(
            method ->
                method.getName().equals(name)
                    && (open < 0 || method.getParameterCount() == arguments(call, open)));
  }

  /** How many arguments stand in the parentheses, whatever parentheses and quotes they have. */
  private static int arguments(String call, int open) {
    String inside = call.substring(open + 1, call.lastIndexOf(')'));
    int depth = 0;
    int count = inside.isBlank() ? 0 : 1;
    boolean quoted = false;
    for (char character : inside.toCharArray()) {
      quoted ^= character == '"';
      depth += List.of('(', '{').contains(character) ? 1 : 0;
      depth -= List.of(')', '}').contains(character) ? 1 : 0;
      count += character == ',' && depth == 0 && !quoted ? 1 : 0;
    }
    return count;
  }

  private Class<?> bean(String name) {
    String type = declared.get(name);
    if (type != null) {
      return load(type);
    }
    Object bound = service.application().camel().getRegistry().lookupByName(name);
    assertThat(bound).as("bean %s", name).isNotNull();
    return bound.getClass();
  }

  private Class<?> load(String name) {
    return service.application().camel().getClassResolver().resolveClass(name);
  }
}
