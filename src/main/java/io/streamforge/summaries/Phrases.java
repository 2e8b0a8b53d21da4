package io.streamforge.summaries;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What the bot says beside summaries, in one language: {@code summaries/phrases_*.properties}.
 * Mattermost reads it as Markdown.
 */
public final class Phrases {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ResourceBundle bundle;
  private final Locale locale;

  private Phrases(Locale locale) {
    this.locale = locale;
    bundle =
        ResourceBundle.getBundle(
            "summaries.phrases",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /**
   * Those of a language.
   *
   * @param language ru or en
   */
  public static Phrases in(String language) {
    return new Phrases(Locale.forLanguageTag(language));
  }

  private String say(String key, Object... values) {
    return new MessageFormat(bundle.getString(key), locale).format(values);
  }

  /** The command is an old one. */
  String wasAway() {
    return say("was.away");
  }

  /** In a direct message there is no thread to summarise. */
  String sendPermalink() {
    return say("send.permalink");
  }

  /** The command was not written in a thread. */
  String writeInThread() {
    return say("write.in.thread");
  }

  /** There is nothing to summarise. */
  String tooShort() {
    return say("too.short");
  }

  /** Too much is going on. */
  String tooManyOpen() {
    return say("too.many.open");
  }

  /** The user has asked too often. */
  String userLimit(int limit, Duration window, Duration left) {
    return say("user.limit", limit, length(window), length(left), CLOCK.format(soon(left)));
  }

  /** The channel has asked too often. */
  String channelLimit(int limit, Duration window, Duration left) {
    return say("channel.limit", limit, length(window), length(left), CLOCK.format(soon(left)));
  }

  /** The requester may not read the thread. */
  String notMember() {
    return say("not.member");
  }

  /** The bot may not read the thread, or it is gone. */
  String cannotRead() {
    return say("cannot.read");
  }

  /** In the place of the answer, as long as it is made. */
  String working(int messages) {
    return say("working", messages);
  }

  /** The same, with how many parts of a long thread have been read. */
  String progress(int messages, int done, int total) {
    return say("progress", messages, done, total);
  }

  /** In the place of the answer, as long as the model is away. */
  String waiting(Instant until) {
    return say("waiting", CLOCK.format(until));
  }

  /** The model has stayed away. */
  String modelAway() {
    return say("model.away");
  }

  /** Mattermost has stayed away. */
  String threadAway() {
    return say("thread.away");
  }

  /** The model refuses. */
  String modelRefuses() {
    return say("model.refuses");
  }

  /** Something is wrong with the bot; the id is for whoever runs it. */
  String broken(String id) {
    return say("broken", id);
  }

  /** Over a summary that was made for an earlier request. */
  String kept(Instant at) {
    return say("kept", CLOCK.format(at));
  }

  /** Tells whoever asked that the answer is there. */
  String mention(String user) {
    return say("mention", user);
  }

  /** To a slash command that does not say in which thread it was written. */
  String slashWithoutThread() {
    return say("slash.without.thread");
  }

  /** To a slash command that was understood. */
  String slashTaken() {
    return say("slash.taken");
  }

  /** To a slash command that could not be written down. */
  String slashFailed() {
    return say("slash.failed");
  }

  private static Instant soon(Duration left) {
    return Instant.now().plus(left);
  }

  private String length(Duration duration) {
    long minutes = Math.max(1, (duration.toSeconds() + 59) / 60);
    return minutes % 60 == 0 ? say("hours", minutes / 60) : say("minutes", minutes);
  }
}
