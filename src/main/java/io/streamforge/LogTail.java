package io.streamforge;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The end of a log file, in either of its formats. */
final class LogTail {
  private static final int BYTES = 2 << 20;
  private static final int TROUBLES = 200;
  private static final int LINES_OF_ONE = 30;
  private static final Pattern ENTRY =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S+ [A-Z]+ .*)|(\\{\"at\":.*)");
  private static final Pattern TROUBLE =
      Pattern.compile("(\\S+ (WARN|ERROR|FATAL) .*)|(\\{.*\"level\":\"(WARN|ERROR|FATAL)\".*)");

  private LogTail() {}

  /** The last warnings and errors, each with the lines that follow it, or why there are none. */
  static List<String> troubles(Path file) {
    if (!Files.isReadable(file)) {
      return List.of("there is no " + file + " to read here");
    }
    try {
      List<String> troubles = new ArrayList<>();
      int left = 0;
      for (String line : end(file).lines().toList()) {
        if (ENTRY.matcher(line).matches()) {
          left = TROUBLE.matcher(line).matches() ? LINES_OF_ONE : 0;
          if (left > 0) {
            troubles.add(line);
          }
        } else if (left-- > 1) {
          int last = troubles.size() - 1;
          troubles.set(last, troubles.get(last) + "\n" + line);
        }
      }
      return troubles.isEmpty()
          ? List.of("none at the end of " + file)
          : troubles.subList(Math.max(0, troubles.size() - TROUBLES), troubles.size());
    } catch (IOException e) {
      return List.of(file + " cannot be read: " + e.getMessage());
    }
  }

  private static String end(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, open.length() - BYTES);
      byte[] end = new byte[(int) (open.length() - from)];
      open.seek(from);
      open.readFully(end);
      return new String(end, StandardCharsets.UTF_8);
    }
  }
}
