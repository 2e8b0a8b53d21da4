package io.streamforge.camel.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the contract says of one verb at one path.
 *
 * @param path the template, such as {@code /things/{thing_id}}
 * @param verb in capitals
 * @param body what the body must be, null if there is none
 * @param mediaType what the body comes as, if there is one
 * @param ownWorkers whether it is answered by workers kept for such operations, also when all
 *     others are busy
 */
record Operation(
    String id,
    String path,
    String verb,
    List<Parameter> parameters,
    @Nullable ContractSchema body,
    boolean bodyRequired,
    MediaType mediaType,
    boolean ownWorkers) {

  Operation {
    parameters = List.copyOf(parameters);
    if (ownWorkers && body != null) {
      throw new IllegalArgumentException(id + ": x-own-workers is only for requests without body");
    }
  }
}
