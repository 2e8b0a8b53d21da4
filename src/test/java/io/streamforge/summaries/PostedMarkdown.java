package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** Reads posts as Mattermost and its clients would, and says what they would do. */
final class PostedMarkdown {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(
              List.of(
                  AutolinkExtension.create(),
                  StrikethroughExtension.create(),
                  TablesExtension.create()))
          .build();

  /** Everything that an answer is made of; anything else was smuggled in. */
  private static final Set<Class<?>> ALLOWED =
      Set.of(
          Document.class,
          Heading.class,
          Paragraph.class,
          BulletList.class,
          ListItem.class,
          Text.class,
          Code.class,
          Link.class,
          SoftLineBreak.class);

  final List<String> headings = new ArrayList<>();
  final List<Link> links = new ArrayList<>();
  private final List<String> plain = new ArrayList<>();

  PostedMarkdown(List<String> posts) {
    posts.forEach(post -> walk(PARSER.parse(post)));
  }

  private void walk(Node node) {
    assertThat(ALLOWED).as("a part of the answer: %s", node).contains(node.getClass());
    if (node instanceof Heading) {
      headings.add(textOf(node));
    }
    if (node instanceof Link link) {
      links.add(link);
    }
    if (node instanceof Text text) {
      plain.add(text.getLiteral());
    } else if (!(node instanceof Document)) {
      plain.add(" ");
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      walk(child);
    }
  }

  static String textOf(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }

  /** What is neither code nor the address of a link. */
  String plainText() {
    return String.join("", plain);
  }

  /**
   * The words in which the server looks for mentions, as {@code mention_parser_standard.go} cuts
   * them: whole, without signs at both ends, and at the joints.
   */
  Set<String> mentionWords() {
    Set<String> words = new HashSet<>();
    for (String word : plainText().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}:.\\-_@]+", -1)) {
      words.add(word);
      words.add(word.replaceAll("^[:.\\-_]+|[:.\\-_]+$", ""));
      words.addAll(List.of(word.split("[.:\\-_]+", -1)));
    }
    words.remove("");
    return words;
  }
}
