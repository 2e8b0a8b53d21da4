package io.streamforge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A dependency that nobody can say a reason for is one too many. */
class DependencyReasonsTest {
  private static final int SHORTEST = 5;

  @Test
  void every_dependency_says_what_it_is_here_for() throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile())
            .getDocumentElement();
    List<Element> dependencies = children(child(project, "dependencies"), "dependency");

    assertThat(dependencies)
        .hasSizeGreaterThan(30)
        .allSatisfy(
            dependency ->
                assertThat(reason(dependency))
                    .as("the comment above %s", child(dependency, "artifactId").getTextContent())
                    .hasSizeGreaterThan(SHORTEST));
  }

  private static String reason(Node dependency) {
    Node before = dependency.getPreviousSibling();
    while (before != null && before.getNodeType() == Node.TEXT_NODE) {
      before = before.getPreviousSibling();
    }
    return before == null || before.getNodeType() != Node.COMMENT_NODE
        ? ""
        : before.getTextContent().strip();
  }

  private static Element child(Element parent, String name) {
    return children(parent, name).get(0);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
