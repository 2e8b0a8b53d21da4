package io.streamforge.camel.kubernetes;

import static java.util.stream.Collectors.toMap;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one kind that a selection shows, kept up to date by a watch. The watch itself does
 * not notice a line that swallows everything (seen for 8 to 11 minutes); {@link #compare} does.
 */
final class Mirror<T extends HasMetadata> {
  private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
  private static final String GROUP = "group";
  private static final long PAGE = 500;
  private static final int GONE = 410;

  private final String kind;
  private final Selection<T> selection;
  private final Function<T, String> group;
  private final Consumer<T> strip;
  private final Consumer<T> changed;
  private volatile SharedIndexInformer<T> informer;
  private volatile boolean read;
  private boolean watching;

  /** The part of the cluster that is mirrored, as the client's query. */
  @FunctionalInterface
  interface Selection<T extends HasMetadata> {
    /** A new query. */
    FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> get();
  }

  /**
   * @param group by which objects can be looked up
   * @param strip takes out of an object what nobody will look at, to save memory
   * @param changed is told each object that came, changed or went; must not block
   */
  Mirror(
      String kind,
      Selection<T> selection,
      Function<T, String> group,
      Consumer<T> strip,
      Consumer<T> changed) {
    this.kind = kind;
    this.selection = selection;
    this.group = group;
    this.strip = strip;
    this.changed = changed;
    this.informer = open(Stream.empty());
  }

  private SharedIndexInformer<T> open(Stream<T> known) {
    SharedIndexInformer<T> opened = selection.get().runnableInformer(0);
    opened.exceptionHandler(
        (started, failure) -> {
          LOG.warn("the watch of {} begins again: {}", kind, failure.toString());
          return true;
        });
    opened.itemStore(
        new BasicItemStore<>(Cache::metaNamespaceKeyFunc) {
          @Override
          public T put(String key, T object) {
            object.getMetadata().setManagedFields(null);
            strip.accept(object);
            return super.put(key, object);
          }
        });
    opened.initialState(known);
    opened.addIndexers(Map.of(GROUP, object -> List.of(group.apply(object))));
    opened.addEventHandler(new Changes());
    return opened;
  }

  synchronized void start() {
    if (!watching) {
      watching = true;
      informer.start();
    }
  }

  /** Forgets all: what was seen is not so any more once nobody watches. */
  synchronized void stop() {
    if (watching) {
      watching = false;
      informer.stop();
      read = false;
      informer = open(Stream.empty());
    }
  }

  /** Whether the whole of it was read at least once. */
  boolean isRead() {
    read |= informer.hasSynced();
    return read;
  }

  List<T> all() {
    return informer.getStore().list();
  }

  List<T> of(String group) {
    return informer.getIndexer().byIndex(GROUP, group);
  }

  /**
   * Compares with what the cluster lists, and begins a new watch when this one has missed something
   * for longer than {@code grace}.
   */
  void compare(Cluster cluster, Runnable grace) throws Exception {
    if (isCurrent(cluster)) {
      return;
    }
    grace.run();
    if (isCurrent(cluster)) {
      return;
    }
    beginAgain();
  }

  private synchronized void beginAgain() {
    if (!watching) {
      return;
    }
    LOG.warn("the watch of {} has missed something and is begun again", kind);
    SharedIndexInformer<T> stale = informer;
    List<T> known = stale.getStore().list();
    stale.stop();
    informer = open(known.stream());
    informer.start();
  }

  private boolean isCurrent(Cluster cluster) throws Exception {
    Map<String, Long> there =
        list(selection.get(), cluster).stream().collect(toMap(Mirror::uid, Mirror::version));
    Map<String, Long> here = all().stream().collect(toMap(Mirror::uid, Mirror::version));
    return informer.hasSynced()
        && here.keySet().equals(there.keySet())
        && there.entrySet().stream()
            .allMatch(one -> Objects.requireNonNull(here.get(one.getKey())) >= one.getValue());
  }

  /**
   * All that a query shows, page by page; from the beginning when the cluster forgets the pages.
   */
  static <T extends HasMetadata> List<T> list(
      FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> query, Cluster cluster)
      throws Exception {
    try {
      return pages(query, cluster);
    } catch (PeerRefusedException e) {
      if (e.code() == GONE) {
        return pages(query, cluster);
      }
      throw e;
    }
  }

  private static <T extends HasMetadata> List<T> pages(
      FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> query, Cluster cluster)
      throws Exception {
    List<T> all = new ArrayList<>();
    String next = "";
    do {
      ListOptions options =
          new ListOptionsBuilder()
              .withLimit(PAGE)
              .withContinue(next.isEmpty() ? null : next)
              .build();
      var page = cluster.ask(() -> query.list(options));
      all.addAll(page.getItems());
      next = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
    } while (!next.isEmpty());
    return all;
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }

  private static long version(HasMetadata object) {
    return Long.parseUnsignedLong(object.getMetadata().getResourceVersion());
  }

  private final class Changes implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T added) {
      changed.accept(added);
    }

    @Override
    public void onUpdate(T before, T now) {
      if (version(before) != version(now)) {
        changed.accept(now);
      }
    }

    @Override
    public void onDelete(T last, boolean finalStateUnknown) {
      changed.accept(last);
    }
  }
}
