package io.streamforge.benchmark;

import java.util.List;

/**
 * What a start has to load, kept for the next starts: of Java 25 and newer an ahead-of-time cache
 * (JEP 483, 514 and 515: classes linked, and which methods were called how often), of older ones an
 * archive of classes.
 */
final class StartArchive {
  /** The file of a distribution folder. */
  static final String NAME = "streamforge.archive";

  private static final boolean IS_CACHE = Runtime.version().feature() >= 25;

  private StartArchive() {}

  /**
   * Flags of a start that writes it when it ends. What is compiled without a profile in it, the
   * next starts compile as early and as cheaply, and profile what serves requests later; with its
   * profile they would compile at once by the costlier compiler, for code that runs once.
   */
  static List<String> making(String file) {
    return IS_CACHE
        ? List.of("-XX:AOTCacheOutput=" + file, "-XX:TieredStopAtLevel=2", "-Xlog:aot=off")
        : List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:cds=off");
  }

  /**
   * Flags of a start that uses it. An older Java machine than the one that made it starts with them
   * too, without it. That of 25.0.3 would warn of its own adapters, which it makes anew.
   *
   * <p>With it, what the cheap compiler has compiled asks for the costly one after so many calls
   * and loops, as powers of two. The usual 11 and 14 are reached by code of the start, which then
   * shares its processors with a compiler whose work it does not live to use; 16 and 18 are reached
   * by code that serves requests, within seconds of a load that needs it.
   */
  static List<String> using(String file) {
    return IS_CACHE
        ? List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:AOTCache=" + file,
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTAdapterCaching",
            "-XX:Tier2InvokeNotifyFreqLog=16",
            "-XX:Tier2BackedgeNotifyFreqLog=18")
        : List.of("-XX:SharedArchiveFile=" + file);
  }
}
