package io.streamforge.browser;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/**
 * The dashboard in a browser. What is asked for by a selector is waited for; what is clicked and
 * typed goes the way that a hand's would.
 */
public final class Page {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;
  private final List<String> expected = new ArrayList<>();
  private URI service;
  private boolean opened;

  Page(ChromeDriver driver, URI service) {
    this.driver = driver;
    this.service = service;
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Looks at this service from now on. */
  Page of(URI other) {
    service = other;
    return this;
  }

  /** Opens an address anew, as somebody who was never here. */
  public Page open(Look look, String address) {
    driver.get("about:blank");
    look.apply(driver);
    String origin = service.getScheme() + "://" + service.getAuthority();
    command("Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "all"));
    driver.get(origin + address);
    opened = true;
    return this;
  }

  /** Goes to another page, as a link does. */
  Page go(String address) {
    script("location.hash = arguments[0]", address);
    return this;
  }

  Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  @Nullable Object script(String text, Object... values) {
    return driver.executeScript(text, values);
  }

  /**
   * Lets the page's requests be answered by a script until it is loaded anew.
   *
   * @param script the body of a function that gives the answer, or undefined where the service is
   *     to give it; it knows the {@code path}, the {@code request}, {@code plain} to ask the
   *     service, and {@code json(status, content)} to make an answer
   */
  Page answer(String script) {
    script(
        """
        window.plainFetch ??= window.fetch;
        const plain = window.plainFetch;
        const json = (status, content) => new Response(JSON.stringify(content), { status });
        window.fetch = async (path, request) => {
          const answer = await (async () => { %s })();
          return answer ?? plain(path, request);
        };
        """
            .formatted(script));
    return this;
  }

  /** Lets requests be answered by the service again. */
  Page answerPlainly() {
    script("window.fetch = window.plainFetch");
    return this;
  }

  /** What a script of the page's own parts gives in the end. */
  @Nullable Object told(String module, String script) {
    return driver.executeAsyncScript(
        "const done = arguments[0]; import('%s').then((module) => { %s })"
            .formatted(module, script));
  }

  /** A condition that holds in the end, also while the page draws itself anew. */
  ConditionFactory until(String what) {
    return await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(WebDriverException.class);
  }

  void until(String what, Callable<Boolean> condition) {
    until(what).until(condition);
  }

  Page awaitShown(String selector) {
    until(selector + " is shown", () -> isShown(selector));
    return this;
  }

  Page awaitGone(String selector) {
    until(selector + " is gone", () -> !isShown(selector));
    return this;
  }

  /** Waits until the first of these elements says so. */
  Page awaitText(String selector, String text) {
    until(selector + " says " + text, () -> text(selector).contains(text));
    return this;
  }

  boolean isShown(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().anyMatch(WebElement::isDisplayed);
  }

  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  /** What the first of these elements says; empty when there is none. */
  public String text(String selector) {
    return texts(selector).stream().findFirst().orElse("");
  }

  /** What these elements say. */
  @SuppressWarnings("unchecked") // A list of a script is one of its values.
  List<String> texts(String selector) {
    Object found =
        script(
            "return [...document.querySelectorAll(arguments[0])].map(each => each.innerText)",
            selector);
    return found == null ? List.of() : (List<String>) found;
  }

  /** An attribute of the first of these elements; empty when there is none. */
  String attribute(String selector, String name) {
    Object found =
        script(
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? ''",
            selector,
            name);
    return String.valueOf(found);
  }

  /** What is in these fields. */
  @SuppressWarnings("unchecked") // A list of a script is one of its values.
  List<String> values(String selector) {
    Object found =
        script(
            "return [...document.querySelectorAll(arguments[0])].map(each => each.value)",
            selector);
    return found == null ? List.of() : (List<String>) found;
  }

  boolean matches(String selector) {
    return count(selector) > 0;
  }

  boolean isEnabled(String selector) {
    return driver.findElement(By.cssSelector(selector)).isEnabled();
  }

  /** Waits until the queue that is shown has this status. */
  Page awaitStatus(String status) {
    until("it is " + status, () -> attribute("h1 + .chip", "data-status").equals(status));
    return this;
  }

  String location() {
    return String.valueOf(driver.getCurrentUrl());
  }

  String clipboard() {
    return String.valueOf(
        driver.executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"));
  }

  /** Clicks the first of these elements that is shown. */
  Page click(String selector) {
    until(
        selector + " can be clicked",
        () -> {
          driver.findElements(By.cssSelector(selector)).stream()
              .filter(WebElement::isDisplayed)
              .findFirst()
              .orElseThrow(() -> new WebDriverException(selector + " is not there"))
              .click();
          return true;
        });
    return this;
  }

  /** Replaces what is in a field. */
  Page write(String selector, String text) {
    awaitShown(selector);
    WebElement field = driver.findElement(By.cssSelector(selector));
    field.clear();
    field.sendKeys(text);
    return this;
  }

  Page press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
    return this;
  }

  /** How far what is shown is wider than the screen, in pixels. */
  long overflow() {
    Object found =
        script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    return found instanceof Long pixels ? pixels : -1;
  }

  /** What is on the screen, or the whole page, as PNG. */
  byte[] picture(boolean whole) {
    Map<String, Object> answer =
        command("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
    return Base64.getDecoder().decode(String.valueOf(answer.get("data")));
  }

  /** The browser will complain of this, and rightly so. */
  Page expect(String complaint) {
    expected.add(complaint);
    return this;
  }

  /** Leaves the page, and tells what happened in the browser since the last time. */
  Journal leave() {
    driver.get("about:blank");
    return Journal.take(driver);
  }

  /** As {@link #leave}; fails when something went wrong that the test did not expect. */
  void leaveClean() {
    if (opened) {
      leave().assertClean(service.getAuthority(), expected);
      opened = false;
    }
  }
}
