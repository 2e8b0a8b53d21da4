package io.streamforge.playground;

import java.util.Locale;

/** What the server refuses, as it says so; the ids are those of the captured answers. */
final class MattermostError extends Exception {
  private final int status;
  private final String id;
  private final String detail;

  MattermostError(int status, String id, String message) {
    this(status, id, message, "");
  }

  MattermostError(int status, String id, String message, String detail) {
    super(message, null, false, false);
    this.status = status;
    this.id = id;
    this.detail = detail;
  }

  int status() {
    return status;
  }

  String id() {
    return id;
  }

  String detail() {
    return detail;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  static MattermostError session() {
    return new MattermostError(
        401,
        "api.context.session_expired.app_error",
        "Invalid or expired session, please login again.");
  }

  static MattermostError permissions(MattermostVersion version) {
    return new MattermostError(
        403,
        "api.context.permissions.app_error",
        "You do not have the appropriate permissions" + stop(version));
  }

  static MattermostError postMissing(MattermostVersion version) {
    return version == MattermostVersion.V5_0
        ? new MattermostError(404, "store.sql_post.get.app_error", "We couldn't get the post")
        : new MattermostError(404, "app.post.get.app_error", "Unable to get the post.");
  }

  static MattermostError channelMissing(MattermostVersion version) {
    return version == MattermostVersion.V5_0
        ? new MattermostError(
            404,
            "store.sql_channel.get.existing.app_error",
            "We couldn't find the existing channel")
        : new MattermostError(
            404, "app.channel.get.existing.app_error", "Unable to find the existing channel.");
  }

  static MattermostError memberMissing(MattermostVersion version) {
    return version == MattermostVersion.V5_0
        ? new MattermostError(
            404,
            "store.sql_channel.get_member.missing.app_error",
            "We couldn't find a channel member for that user ID and channel ID")
        : new MattermostError(
            404,
            "app.channel.get_member.missing.app_error",
            "No channel member found for that user ID and channel ID.");
  }

  static MattermostError tooLong(MattermostVersion version) {
    return new MattermostError(
        400, "model.post.is_valid.msg.app_error", "Invalid message" + stop(version));
  }

  static MattermostError wrongRoot() {
    return new MattermostError(
        400, "api.post.create_post.root_id.app_error", "Invalid RootId parameter.");
  }

  static MattermostError otherChannel() {
    return new MattermostError(
        400,
        "api.post.create_post.channel_root_id.app_error",
        "Invalid ChannelId for RootId parameter.");
  }

  static MattermostError tooLate(int seconds) {
    return new MattermostError(
        400,
        "api.post.update_post.permissions_time_limit.app_error",
        "Post edit is only allowed for "
            + seconds
            + " seconds. Please ask your System Administrator for details.");
  }

  /** A character that the database does not take. */
  static MattermostError notSaved(MattermostVersion version) {
    return version == MattermostVersion.V5_0
        ? new MattermostError(500, "store.sql_post.save.app_error", "We couldn't save the Post")
        : new MattermostError(500, "app.post.save.app_error", "Unable to save the Post.");
  }

  static MattermostError urlParameter(String name) {
    return new MattermostError(
        400,
        "api.context.invalid_url_param.app_error",
        "Invalid or missing " + name + " parameter in request URL.");
  }

  static MattermostError bodyParameter(String name) {
    return new MattermostError(
        400,
        "api.context.invalid_body_param.app_error",
        "Invalid or missing " + name + " in request body.");
  }

  static MattermostError noSuchPage(String path) {
    return new MattermostError(
        404,
        "api.context.404.app_error",
        "Sorry, we could not find the page.",
        "There doesn't appear to be an api call for the url='"
            + path
            + "'.  Typo? are you missing a team_id or user_id as part of the url?");
  }

  static MattermostError noSuchCommand(String trigger) {
    return new MattermostError(
        404,
        "api.command.execute_command.not_found.app_error",
        String.format(
            Locale.ROOT,
            "Command with a trigger of '%s' not found. To send a message beginning with \"/\", try"
                + " adding an empty space at the beginning of the message.",
            trigger));
  }

  static MattermostError commandFailed(String trigger) {
    return new MattermostError(
        500,
        "api.command.execute_command.failed.app_error",
        "Command with a trigger of '" + trigger + "' failed.");
  }

  private static String stop(MattermostVersion version) {
    return version == MattermostVersion.V5_0 ? "" : ".";
  }
}
