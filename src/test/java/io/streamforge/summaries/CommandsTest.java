package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final String BOT = "summary-bot";
  private final Commands commands =
      new Commands(List.of("/summary", "!summary", "summary", "саммари", "/саммари", "!саммари"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/summary",
        "!summary",
        "summary",
        "саммари",
        "/саммари",
        "!саммари",
        "SUMMARY",
        "!Summary",
        "Саммари",
        "САММАРИ",
        "!САММАРИ",
        " /summary",
        "!summary ",
        "\t!summary\n",
        "\n\nsummary",
        "\u2003саммари\u2003",
        "@summary-bot summary",
        "@summary-bot саммари",
        "@Summary-Bot Summary",
        "@SUMMARY-BOT САММАРИ",
        "  @summary-bot   summary  ",
        "@summary-bot\tsummary",
        "@summary-bot\nсаммари"
      })
  void a_whole_message_that_says_nothing_else_is_a_command(String message) {
    assertThat(commands.isCommand(message, BOT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "summary please",
        "please summary",
        "!summary please",
        "/summary please",
        "/summary 20",
        "!summary!",
        "summary.",
        "summary?",
        "«саммари»",
        "сделай саммари",
        "саммари пожалуйста",
        "саммари, пожалуйста",
        "summaries",
        "!summaries",
        "sum mary",
        "! summary",
        "/ summary",
        "!!summary",
        "//summary",
        "\\summary",
        "-summary",
        "#summary",
        "`!summary`",
        "**!summary**",
        "> !summary",
        "!summary\n!summary",
        "!summary\n\nthanks",
        "summary саммари",
        "@summary-bot",
        "@summary-bot ",
        "@summary-botsummary",
        "@summary-bot !summary",
        "@summary-bot /summary",
        "@summary-bot summary please",
        "@summary-bot: summary",
        "@summary-bot, саммари",
        "@summary-bot2 summary",
        "@another-bot summary",
        "summary-bot summary",
        "summary @summary-bot",
        "hey @summary-bot summary",
        "@summary-bot summary @summary-bot summary",
        "ѕummary",
        "sаммари",
        "sum\u200bmary",
        "резюме",
        "итоги",
        "http://example.com/summary",
        "/sum"
      })
  void what_only_talks_about_summaries_is_none(String message) {
    assertThat(commands.isCommand(message, BOT)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"!итоги", " !ИТОГИ "})
  void other_commands_may_be_set(String message) {
    Commands others = new Commands(List.of("!итоги"));
    assertThat(others.isCommand(message, BOT)).isTrue();
    assertThat(others.isCommand("!summary", BOT)).isFalse();
    assertThat(others.isCommand("@summary-bot summary", BOT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"i.am+bot", "bot(1)", "[bot]"})
  void a_user_name_is_no_pattern(String name) {
    assertThat(commands.isCommand("@" + name + " summary", name)).isTrue();
    assertThat(commands.isCommand("@ixam+bot summary", name)).isFalse();
  }
}
