package io.streamforge;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** This JVM, in which classes of tests run one after another and share what is slow to start. */
public final class TestProcess {
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(TestProcess::close, "end of the tests"));
  }

  private TestProcess() {}

  /** A Camel that is not kept in memory by a hook of its own until the JVM ends. */
  public static Main camel() {
    Main main = new Main();
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    return main;
  }

  /** Closes it when the JVM ends; what came last is closed first. */
  public static synchronized <T extends AutoCloseable> T closeAtEnd(T shared) {
    OPEN.push(shared);
    return shared;
  }

  private static synchronized void close() {
    for (AutoCloseable shared : OPEN) {
      try {
        shared.close();
      } catch (Exception e) {
        e.printStackTrace();
      }
    }
  }
}
