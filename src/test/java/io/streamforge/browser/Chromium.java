package io.streamforge.browser;

import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium as the machine has it: nothing is downloaded. */
final class Chromium {
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          // Containers give a browser no sandbox of its own; these pages are ours.
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--hide-scrollbars");

  private Chromium() {}

  /** What has to be installed before a browser can be started; empty when all is there. */
  static Optional<String> missing() {
    if (browser().isPresent() && driver().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "no browser: Chromium and its driver are not both on the PATH (Debian's packages chromium"
            + " and chromium-driver; or name them in CHROMIUM and CHROMEDRIVER)");
  }

  private static Optional<Path> browser() {
    return find("CHROMIUM", "chromium", "chromium-browser", "google-chrome");
  }

  private static Optional<Path> driver() {
    return find("CHROMEDRIVER", "chromedriver");
  }

  private static Optional<Path> find(String variable, String... names) {
    String named = System.getenv(variable);
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isExecutable);
    }
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return Arrays.stream(names)
        .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one with a fresh profile, which the driver takes away in the end. It keeps a log of its
   * console and of its requests.
   */
  static ChromeDriver start() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    return start(logs);
  }

  /** The same without any log, which takes time to keep. */
  static ChromeDriver startUnlogged() {
    return start(new LoggingPreferences());
  }

  private static ChromeDriver start(LoggingPreferences logs) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser().orElseThrow().toFile());
    options.addArguments(FLAGS);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService driver =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver().orElseThrow().toFile())
            .usingAnyFreePort()
            .withLogOutput(OutputStream.nullOutputStream())
            .build();
    ChromeDriver started = new ChromeDriver(driver, options);
    // axe goes through a whole page in one script.
    started.manage().timeouts().scriptTimeout(Duration.ofMinutes(3));
    return started;
  }
}
