package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** What a statement sees of a database, and does to it; all of it counts, or nothing. */
public interface Documents {

  /** The documents of a collection as they were when the statement began. */
  Collection<ObjectNode> read(String collection);

  /** Writes a new document and returns it with its system attributes. */
  ObjectNode insert(String collection, ObjectNode document);

  /** Whether there is one of that key by now. */
  boolean contains(String collection, String key);

  /** The one of that key by now. */
  ObjectNode current(String collection, String key);

  /** Writes over the one of that key and returns it with its system attributes. */
  ObjectNode replace(String collection, String key, ObjectNode document);

  /** Deletes the one of that key and returns what it was. */
  ObjectNode remove(String collection, String key);
}
