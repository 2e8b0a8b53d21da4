package io.streamforge.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** What a Markdown file consists of, each in the order of the file. */
final class Markdown {
  /** The language of blocks that are commands. */
  static final String COMMANDS = "sh";

  private static final Pattern HTML_LINK = Pattern.compile("(?:src|srcset|href)=\"([^\"]*)\"");

  private final Path file;
  private final List<Title> titles = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final List<String> links = new ArrayList<>();
  private final Map<Integer, Set<String>> code = new LinkedHashMap<>();

  /** A heading; level 1 is that of the file. */
  record Title(int level, String text) {
    /** The name that GitHub gives it, for links to it. */
    String anchor() {
      return text.toLowerCase(Locale.ROOT)
          .replaceAll("[^\\p{L}\\p{M}\\p{N}_ -]", "")
          .replace(' ', '-');
    }
  }

  /**
   * A fenced block.
   *
   * @param language what stands behind the fence; empty when nothing does
   * @param output of commands: what they print, as the block behind them tells
   */
  record Block(Path file, int line, String language, String text, Optional<String> output) {
    @Override
    public String toString() {
      return file.getFileName() + ":" + line + " " + text.lines().findFirst().orElse("");
    }
  }

  private Markdown(Path file) {
    this.file = file;
    Parser parser =
        Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();
    try {
      parser.parse(Files.readString(file)).accept(new Collector());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Markdown read(Path file) {
    return new Markdown(file);
  }

  /** The pages beside the README, in the order of their names. */
  static Stream<Path> pages() {
    try (Stream<Path> files = Files.list(Path.of("docs"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Title> titles() {
    return titles;
  }

  /** All but those that are the output of the commands before them. */
  List<Block> blocks() {
    return blocks;
  }

  /** The destinations of links and pictures. */
  List<String> links() {
    return links;
  }

  /** What stands between backticks below the heading of that number, counted from 0. */
  Set<String> code(int title) {
    return code.getOrDefault(title, Set.of());
  }

  /** The same below the heading of that text. */
  Set<String> code(String title) {
    return code(titles.stream().map(Title::text).toList().indexOf(title));
  }

  private final class Collector extends AbstractVisitor {
    @Override
    public void visit(Heading heading) {
      StringBuilder text = new StringBuilder();
      heading.accept(
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
      titles.add(new Title(heading.getLevel(), text.toString()));
    }

    @Override
    public void visit(FencedCodeBlock block) {
      if (block.getPrevious() instanceof FencedCodeBlock before && isAnswer(before, block)) {
        return;
      }
      Optional<String> output =
          block.getNext() instanceof FencedCodeBlock next && isAnswer(block, next)
              ? Optional.of(next.getLiteral())
              : Optional.empty();
      int line = block.getSourceSpans().get(0).getLineIndex() + 1;
      blocks.add(new Block(file, line, block.getInfo(), block.getLiteral(), output));
    }

    private static boolean isAnswer(FencedCodeBlock before, FencedCodeBlock block) {
      return before.getInfo().equals(COMMANDS) && !block.getInfo().equals(COMMANDS);
    }

    @Override
    public void visit(Link link) {
      links.add(link.getDestination());
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      links.add(image.getDestination());
    }

    @Override
    public void visit(HtmlBlock html) {
      HTML_LINK.matcher(html.getLiteral()).results().forEach(link -> links.add(link.group(1)));
    }

    @Override
    public void visit(Code span) {
      code.computeIfAbsent(titles.size() - 1, title -> new LinkedHashSet<>())
          .add(span.getLiteral());
    }
  }
}
