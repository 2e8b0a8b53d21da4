package io.streamforge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * This JVM, in which classes of tests run one after another and share what is slow to start.
 * Surefire runs each of them on its own, so that nothing in the stores of JUnit outlives a class.
 */
public final class TestProcess implements BeforeAllCallback {
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

  static {
    // Ten seconds, the default, pass on a busy machine before a service has started.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    Runtime.getRuntime().addShutdownHook(new Thread(TestProcess::close, "end of the tests"));
  }

  /** What the classes of a package share; closed before a class of another package begins. */
  public static final class Shared<T extends AutoCloseable> implements AutoCloseable {
    private final Supplier<T> starter;
    private @Nullable T running;
    private String users = "";

    public Shared(Supplier<T> starter) {
      this.starter = starter;
    }

    /** The one that runs, or a new one. */
    public synchronized T of(ExtensionContext test) {
      T found = running;
      if (found == null) {
        found = starter.get();
        running = found;
        closeAtEnd(this);
      }
      users = test.getRequiredTestClass().getPackageName();
      return found;
    }

    @Override
    public synchronized void close() throws Exception {
      T closing = running;
      running = null;
      if (closing != null) {
        closing.close();
      }
    }
  }

  /** Whoever is idle still costs time: nothing runs on for those who do not use it. */
  @Override
  public void beforeAll(ExtensionContext test) throws Exception {
    String next = test.getRequiredTestClass().getPackageName();
    for (AutoCloseable open : List.copyOf(OPEN)) {
      if (open instanceof Shared<?> shared && !shared.users.equals(next)) {
        OPEN.remove(shared);
        shared.close();
      }
    }
  }

  /** A Camel that is not kept in memory by a hook of its own until the JVM ends. */
  public static Main camel() {
    Main main = new Main();
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    return main;
  }

  /** Closes it when the JVM ends; what came last is closed first. */
  public static synchronized void closeAtEnd(AutoCloseable shared) {
    OPEN.push(shared);
  }

  private static synchronized void close() {
    for (AutoCloseable shared : OPEN) {
      try {
        shared.close();
      } catch (Exception e) {
        System.out.println("not closed at the end of the tests: " + e);
      }
    }
  }
}
