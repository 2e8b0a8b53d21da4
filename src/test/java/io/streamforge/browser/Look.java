package io.streamforge.browser;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * How somebody looks at the page.
 *
 * @param phone whether it is a touch screen with a phone's pixels
 * @param language of the browser
 */
public record Look(int width, int height, boolean phone, Theme theme, String language) {
  public static final Look DESKTOP = new Look(1440, 900, false, Theme.LIGHT, "en");
  public static final Look PHONE = new Look(390, 844, true, Theme.LIGHT, "en");

  /** What the system asks pages for. */
  public enum Theme {
    LIGHT,
    DARK
  }

  /** A desktop and a phone that between them have both themes and both languages. */
  static Stream<Look> both() {
    return Stream.of(DESKTOP, PHONE.in("ru").with(Theme.DARK));
  }

  /** A desktop and a phone. */
  static Stream<Look> sizes() {
    return Stream.of(DESKTOP, PHONE);
  }

  Look in(String other) {
    return new Look(width, height, phone, theme, other);
  }

  Look with(Theme other) {
    return new Look(width, height, phone, other, language);
  }

  Look sized(int otherWidth, int otherHeight) {
    return new Look(otherWidth, otherHeight, phone, theme, language);
  }

  /** Lets a browser look so. */
  void apply(ChromeDriver driver) {
    send(
        driver,
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width,
            "height", height,
            "deviceScaleFactor", phone ? 2 : 1,
            "mobile", phone));
    send(driver, "Emulation.setTouchEmulationEnabled", Map.of("enabled", phone));
    send(driver, "Emulation.setTimezoneOverride", Map.of("timezoneId", "UTC"));
    String agent = String.valueOf(driver.executeScript("return navigator.userAgent"));
    send(
        driver,
        "Emulation.setUserAgentOverride",
        Map.of("userAgent", agent, "acceptLanguage", language));
    applyTheme(driver);
  }

  /** Changes the theme only, which an open page follows. */
  void applyTheme(ChromeDriver driver) {
    Map<String, String> scheme =
        Map.of("name", "prefers-color-scheme", "value", theme == Theme.DARK ? "dark" : "light");
    Map<String, String> motion = Map.of("name", "prefers-reduced-motion", "value", "reduce");
    send(driver, "Emulation.setEmulatedMedia", Map.of("features", List.of(scheme, motion)));
  }

  private static void send(ChromeDriver driver, String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  @Override
  public String toString() {
    return (phone ? "phone" : "desktop")
        + ", "
        + theme.name().toLowerCase(Locale.ROOT)
        + ", "
        + language;
  }
}
