package io.streamforge.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Contract;
import io.streamforge.camel.contract.Fault;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.camel.kafka.DeadLetter;
import io.streamforge.camel.kafka.KafkaRecord;
import io.streamforge.camel.kafka.OutgoingRecord;
import java.util.List;

/** Reads commands from Kafka and holds them to the same contract as requests over REST. */
public final class CommandReader {
  private final Contract contract;
  private final String instance;

  /** Reads for the installation of that name. */
  public CommandReader(Contract contract, String instance) {
    this.contract = contract;
    this.instance = instance;
  }

  /** The commands among a poll's records, and the records that nobody can read. */
  public List<CommandMessage> read(List<KafkaRecord> records) {
    return records.stream()
        .map(record -> CommandMessage.read(record, instance))
        .filter(command -> command.kind() != CommandMessage.Kind.NOT_OURS)
        .toList();
  }

  /**
   * The request that a start makes.
   *
   * @throws Refusal 422 with every fault of its fields
   */
  public StartRequest startRequest(CommandMessage command) {
    ObjectNode body = command.body();
    List<Fault> faults =
        body == null
            ? List.of(new Fault("command", "has no body"))
            : contract.check("start-queue", body);
    if (!faults.isEmpty()) {
      throw Refusal.of(faults);
    }
    return command.startRequest();
  }

  /**
   * The queue that a stop names.
   *
   * @throws Refusal 422 when the command cannot be obeyed as it stands
   */
  public String queueToStop(CommandMessage command) {
    if (command.kind() == CommandMessage.Kind.REFUSED) {
      throw Refusal.of(command.faults());
    }
    return QueueStopper.known(command.queueId());
  }

  /** The answer that says that the command was obeyed. */
  public List<OutgoingRecord> done(CommandMessage command, String message, String queueId) {
    return List.of(command.done(message, queueId));
  }

  /** The answer that says why the command was not obeyed. */
  public List<OutgoingRecord> refused(CommandMessage command, Refusal refusal) {
    return List.of(command.refused(refusal));
  }

  /** A command that nobody can read, for the dead letters. */
  public DeadLetter deadLetter(CommandMessage command) {
    return command.deadLetter();
  }

  /** A command that failed for good, for the dead letters. */
  public DeadLetter failed(CommandMessage command, Exception failure) {
    return command.deadLetter(failure);
  }
}
