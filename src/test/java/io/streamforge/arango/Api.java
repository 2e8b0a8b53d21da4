package io.streamforge.arango;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.arango.aql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests that the double answers, without the wire. */
final class Api {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH = Pattern.compile("(?:/_db/([^/]+))?(/_(?:api|open)/[^?]*)");
  private static final int BATCH = 1000;

  private final Access access;
  private final Map<String, Database> databases = new ConcurrentHashMap<>();
  private final Map<String, List<JsonNode>> cursors = new ConcurrentHashMap<>();
  private final AtomicLong cursorIds = new AtomicLong();

  /** An answer: the HTTP status and its body. */
  record Answer(int code, ObjectNode body) {}

  Api(Access access) {
    this.access = access;
    clear();
  }

  /** As a server that was set up anew. */
  void clear() {
    databases.clear();
    cursors.clear();
    databases.put("_system", new Database());
  }

  /** As a server that was restarted: cursors are gone. */
  void forgetCursors() {
    cursors.clear();
  }

  Database database(String name) {
    Database database = databases.get(name);
    if (database == null) {
      throw new ArangoError(404, 1228, "database not found: " + name);
    }
    return database;
  }

  Answer answer(String method, String path, String query, String authorization, byte[] body) {
    try {
      Matcher matcher = PATH.matcher(path);
      if (!matcher.matches()) {
        throw unknown(method, path);
      }
      // The driver sends null where there is nothing to send.
      boolean empty = body.length == 0 || new String(body, UTF_8).equals("null");
      JsonNode json = empty ? JSON.createObjectNode() : JSON.readTree(body);
      String api = matcher.group(2);
      if (api.equals("/_open/auth")) {
        return new Answer(200, JSON.createObjectNode().put("jwt", access.login(json)));
      }
      access.check(authorization);
      Database database = database(matcher.group(1) == null ? "_system" : matcher.group(1));
      return answer(method, api, query, database, (ObjectNode) json);
    } catch (ArangoError e) {
      return error(e);
    } catch (java.io.IOException e) {
      return error(new ArangoError(400, 600, "VPackError error: " + e.getMessage()));
    }
  }

  static Answer error(ArangoError e) {
    return new Answer(
        e.code(),
        JSON.createObjectNode()
            .put("error", true)
            .put("code", e.code())
            .put("errorNum", e.number())
            .put("errorMessage", e.getMessage()));
  }

  private Answer answer(String method, String api, String query, Database database, ObjectNode body)
      throws JsonProcessingException {
    switch (method + " " + api) {
      case "POST /_api/database" -> {
        if (databases.putIfAbsent(body.path("name").asText(), new Database()) != null) {
          throw new ArangoError(409, 1207, "duplicate name");
        }
        return done(201);
      }
      case "POST /_api/collection" -> {
        database.create(body.path("name").asText());
        return done(200);
      }
      case "GET /_api/collection" -> {
        ObjectNode answer = JSON.createObjectNode().put("error", false).put("code", 200);
        answer.set("result", database.collections());
        return new Answer(200, answer);
      }
      case "POST /_api/index" -> {
        return done(database.index(collection(query), body) ? 201 : 200);
      }
      case "GET /_api/index" -> {
        ObjectNode answer = JSON.createObjectNode().put("error", false).put("code", 200);
        database.showIndexes(collection(query), answer);
        return new Answer(200, answer);
      }
      case "POST /_api/cursor" -> {
        return cursor(database, body);
      }
      default -> {
        if (!api.startsWith("/_api/cursor/")) {
          throw unknown(method, api);
        }
        String id = api.substring("/_api/cursor/".length());
        List<JsonNode> rest = cursors.remove(id);
        if (rest == null) {
          throw new ArangoError(404, 1600, "cursor not found");
        }
        return method.equals("DELETE") ? done(202) : batch(rest, id, BATCH, 200);
      }
    }
  }

  private static String collection(String query) {
    return query.replaceFirst("^collection=", "");
  }

  private Answer cursor(Database database, ObjectNode body) {
    JsonNode bindings = body.path("bindVars");
    Statement statement =
        new Statement(
            body.path("query").asText(),
            bindings instanceof ObjectNode given ? given : JSON.createObjectNode());
    List<JsonNode> rows = database.run(statement);
    String id = String.valueOf(cursorIds.incrementAndGet());
    return batch(rows, id, body.path("batchSize").asInt(BATCH), 201);
  }

  private Answer batch(List<JsonNode> rows, String id, int size, int code) {
    boolean more = rows.size() > size;
    ObjectNode answer = JSON.createObjectNode().put("error", false).put("code", code);
    rows.subList(0, Math.min(size, rows.size())).forEach(answer.putArray("result")::add);
    answer.put("hasMore", more).put("cached", false).putObject("extra");
    if (more) {
      answer.put("id", id);
      cursors.put(id, new ArrayList<>(rows.subList(size, rows.size())));
    }
    return new Answer(code, answer);
  }

  private static Answer done(int code) {
    return new Answer(code, JSON.createObjectNode().put("error", false).put("code", code));
  }

  private static ArangoError unknown(String method, String path) {
    return new ArangoError(404, 404, "unknown path '" + method + " " + path + "'");
  }
}
