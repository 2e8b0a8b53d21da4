package io.streamforge.camel.socket;

/** The headers of the exchanges that a consumer of {@code live-socket} makes. */
public final class LiveSocketHeaders {

  /** {@link #OPEN} or {@link #GAP}. */
  public static final String EVENT = "LiveSocketEvent";

  /** The format that the client has asked for, or the first one of the endpoint. */
  public static final String FORMAT = "LiveSocketFormat";

  /** The keys that the client filters by, a list; empty for all. */
  public static final String KEYS = "LiveSocketKeys";

  /** With {@link #GAP}: the sequence after which the client has asked for a replay, a long. */
  public static final String SINCE = "LiveSocketSince";

  /**
   * With {@link #GAP}: the sequence from which on a replay would be complete, a long; absent while
   * no frame has come yet.
   */
  public static final String FIRST = "LiveSocketFirst";

  /** A client has asked to connect; the body that the route leaves greets it. */
  public static final String OPEN = "OPEN";

  /** A replay cannot be complete; the body that the route leaves tells the client so. */
  public static final String GAP = "GAP";

  private LiveSocketHeaders() {}
}
