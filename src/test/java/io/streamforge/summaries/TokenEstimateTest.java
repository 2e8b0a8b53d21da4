package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenEstimateTest {
  private static final Path FOLDER = Path.of("src/test/resources/summaries/tokens");

  /** What tokenizers gave for a text: cl100k, o200k, Llama 3, Qwen 3. */
  record Measured(String file, List<Integer> tokens) {
    String text() throws IOException {
      return Files.readString(FOLDER.resolve(file)).stripTrailing();
    }

    int most() {
      return tokens.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Measured> measured() throws IOException {
    return Files.readAllLines(FOLDER.resolve("measured.tsv")).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .map(
            row ->
                new Measured(
                    row[0],
                    IntStream.range(1, row.length)
                        .mapToObj(at -> Integer.parseInt(row[at]))
                        .toList()));
  }

  @ParameterizedTest
  @MethodSource("measured")
  void it_is_hardly_ever_less_than_any_tokenizer_gives_and_not_far_more(Measured text)
      throws IOException {
    int estimate = TokenEstimate.of(text.text());
    System.out.printf(
        "%-20s estimated %4d, measured %s: %.2f of the most%n",
        text, estimate, text.tokens(), (double) estimate / text.most());
    assertThat(estimate).isBetween((int) (text.most() * 0.9), (int) (text.most() * 1.5));
  }

  @Property(tries = 200)
  void two_texts_together_are_not_more_than_each_alone(@ForAll String one, @ForAll String other) {
    assertThat(TokenEstimate.of(one + "\n" + other))
        .isLessThanOrEqualTo(TokenEstimate.of(one) + TokenEstimate.of(other) + 2);
  }
}
