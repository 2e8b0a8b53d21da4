package io.streamforge.camel.llm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Few threads for many tasks, where those who submit take turns: a task of one that has submitted
 * few does not wait for all the tasks of another that has submitted many. Who submits is told by
 * the submitting thread.
 */
public final class RoundRobinExecutor extends AbstractExecutorService {
  private final ExecutorService threads;
  private final Map<Thread, Deque<Runnable>> tasks = new HashMap<>();
  private final Deque<Thread> turns = new ArrayDeque<>();

  /**
   * @param name of the threads
   * @param size how many tasks run at the same time
   */
  public RoundRobinExecutor(String name, int size) {
    threads =
        Executors.newFixedThreadPool(
            size,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void execute(Runnable task) {
    synchronized (turns) {
      Deque<Runnable> own =
          tasks.computeIfAbsent(
              Thread.currentThread(),
              submitter -> {
                turns.addLast(submitter);
                return new ArrayDeque<>();
              });
      own.addLast(task);
    }
    threads.execute(() -> next().run());
  }

  /** There is one for each that {@link #threads} runs. */
  private Runnable next() {
    synchronized (turns) {
      Thread submitter = turns.removeFirst();
      Deque<Runnable> own = tasks.getOrDefault(submitter, new ArrayDeque<>());
      Runnable task = own.removeFirst();
      if (own.isEmpty()) {
        tasks.remove(submitter);
      } else {
        turns.addLast(submitter);
      }
      return task;
    }
  }

  @Override
  public void shutdown() {
    threads.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return threads.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return threads.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return threads.isTerminated();
  }

  @Override
  public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
    return threads.awaitTermination(time, unit);
  }
}
