package io.streamforge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of deploy/systemd as systemd itself judges it. */
class SystemdUnitTest {
  private static final Path UNIT = Path.of("deploy/systemd/streamforge.service");

  /** From 0, locked up, to 10, free to do everything. */
  private static final Pattern EXPOSURE =
      Pattern.compile("Overall exposure level for \\S+: (?<level>[0-9.]+)");

  private static final double MOST_EXPOSED = 1.5;

  @Test
  void the_unit_is_well_formed_and_hardened(@TempDir Path folder) throws Exception {
    Tool analyze = Tool.required("systemd-analyze");
    Path unit = Files.copy(UNIT, folder.resolve(UNIT.getFileName()));

    String verdict = analyze.run("security", "--offline=true", unit.toString());

    Matcher exposure = EXPOSURE.matcher(verdict);
    assertThat(exposure.find()).as(verdict).isTrue();
    System.out.println(exposure.group());
    assertThat(Double.parseDouble(exposure.group("level"))).isLessThanOrEqualTo(MOST_EXPOSED);
    assertThat(analyze.run("verify", "--man=no", unit.toString()))
        .doesNotContain("Unknown", "Failed to parse", "ignoring");
  }
}
