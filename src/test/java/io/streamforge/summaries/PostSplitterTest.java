package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PostSplitterTest {
  @Property(tries = 300)
  void no_line_is_lost_or_said_twice(
      @ForAll @Size(min = 1, max = 8)
          List<@Size(min = 1, max = 30) List<@IntRange(max = 60) Integer>> sizes) {
    List<List<String>> blocks = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (List<Integer> block : sizes) {
      List<String> lines = new ArrayList<>();
      for (int size : block) {
        lines.add("line" + expected.size() + "😀".repeat(size));
        expected.add(lines.get(lines.size() - 1));
      }
      blocks.add(lines);
    }
    List<String> posts = PostSplitter.split(blocks, 200);
    assertThat(posts).allMatch(post -> post.codePointCount(0, post.length()) <= 200);
    List<String> found =
        posts.stream().flatMap(String::lines).filter(line -> line.startsWith("line")).toList();
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void one_post_has_no_number() {
    assertThat(PostSplitter.split(List.of(List.of("# a", "b"), List.of("# c", "d")), 100))
        .containsExactly("# a\nb\n\n# c\nd");
  }

  @Test
  void sections_stay_whole_where_they_can_and_headings_never_stay_behind() {
    String line = "x".repeat(40);
    List<List<String>> blocks =
        List.of(List.of("# a", line), List.of("# b", line), List.of("# c", line, line, line));
    List<String> posts = PostSplitter.split(blocks, 116);
    assertThat(posts)
        .containsExactly(
            "(1/3)\n\n# a\n" + line + "\n\n# b\n" + line,
            "(2/3)\n\n# c\n" + line + "\n" + line,
            "(3/3)\n\n" + line);
  }

  @Test
  void a_line_that_fits_nowhere_is_a_mistake_of_ours() {
    assertThatThrownBy(() -> PostSplitter.split(List.of(List.of("x".repeat(300))), 200))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
