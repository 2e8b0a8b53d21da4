package io.streamforge.playground;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a server says to one question, and how; {@link LlmTrouble} changes it. */
final class LlmSpeech {
  static final int NEVER = Integer.MAX_VALUE;
  private static final int PIECE = 12;

  String thinking = "";
  String text = "";

  /** Whether it goes out in one go, whatever was asked for. */
  boolean whole;

  boolean tooLong;
  boolean withoutChoices;
  boolean withoutUsage;
  boolean hang;
  Duration beforeFirst = Duration.ZERO;
  Duration between = Duration.ZERO;

  /** After how many pieces the line is cut. */
  int cutAfter = NEVER;

  /** After how many pieces the stream ends as if that was all. */
  int endAfter = NEVER;

  /** After how many pieces an error comes instead of the next one. */
  int errorAfter = NEVER;

  /** 200, or that of a refusal. */
  int status = 200;

  String retryAfter = "";

  /** What an error says. */
  String error = "told to fail";

  /** What is sent instead of JSON; empty: JSON. */
  String raw = "";

  /** A few characters of thinking or of the answer; one of both is empty. */
  record Piece(String thinking, String text) {}

  /** All of it in the order in which a model says it. */
  List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    cut(thinking).forEach(part -> pieces.add(new Piece(part, "")));
    cut(text).forEach(part -> pieces.add(new Piece("", part)));
    return pieces;
  }

  /** Ends it after so many tokens, as a server does that was given a limit. */
  void limit(int tokens) {
    int characters = Math.max(0, tokens - LlmTokens.of(thinking)) * LlmTokens.CHARACTERS;
    if (LlmTokens.of(text) > tokens && text.length() > characters) {
      text = text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, characters)));
      tooLong = true;
    }
  }

  private static List<String> cut(String all) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < all.length()) {
      int end = Math.min(all.length(), at + PIECE);
      if (end < all.length() && Character.isHighSurrogate(all.charAt(end - 1))) {
        end++;
      }
      parts.add(all.substring(at, end));
      at = end;
    }
    return parts;
  }
}
