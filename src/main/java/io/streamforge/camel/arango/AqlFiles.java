package io.streamforge.camel.arango;

import com.arangodb.model.AqlQueryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * Statements, each in a file, with what they are run with. Their bind parameters are {@code @body}
 * and the components of a body that is a record, such as {@code @limit}.
 */
public final class AqlFiles {
  private static final Pattern PARAMETER = Pattern.compile("@([a-zA-Z]\\w*)");

  private final Path folder;
  private final Duration timeout;
  private final Map<String, String> texts = new ConcurrentHashMap<>();

  /**
   * @param timeout after which the server ends a statement, as its caller no longer waits, such as
   *     {@code 3s}
   */
  public AqlFiles(String folder, String timeout) {
    this.folder = Path.of(folder);
    this.timeout = Duration.ofMillis(TimeUtils.toMilliSeconds(timeout));
  }

  /** The statement in the file of that name, without its suffix {@code .aql}. */
  public String text(String name) {
    return texts.computeIfAbsent(
        name,
        file -> {
          try {
            return Files.readString(folder.resolve(file + ".aql"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The bind parameters that the statement has, and no other: the server refuses those. */
  public Map<String, @Nullable Object> parameters(String name, @Nullable Object body) {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    PARAMETER
        .matcher(text(name))
        .results()
        .map((MatchResult found) -> found.group(1))
        .forEach(
            parameter ->
                parameters.put(
                    parameter, parameter.equals("body") ? body : component(body, parameter)));
    return parameters;
  }

  /** New for each run, since the driver writes the statement into it. */
  public AqlQueryOptions options() {
    return new AqlQueryOptions().maxRuntime(timeout.toMillis() / 1000.0);
  }

  /** The class of that name, which rows become. */
  public Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name);
  }

  private static @Nullable Object component(@Nullable Object body, String name) {
    if (body == null || !body.getClass().isRecord()) {
      throw new IllegalArgumentException("@" + name + " needs a record, not " + body);
    }
    RecordComponent component =
        Arrays.stream(body.getClass().getRecordComponents())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(body.getClass() + " has no component " + name));
    try {
      return component.getAccessor().invoke(body);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + name + " of " + body.getClass(), e);
    }
  }
}
