package io.narthex.tools.demo;

import io.narthex.NarthexException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The workers of a demo. One that dies, of whatever, is succeeded by a new one with the next name.
 * All of it happens on the demo's own thread: {@link #watch} is to be called often.
 */
final class Fleet implements AutoCloseable {
  private static final int SIGKILLED = 128 + 9;
  private static final Duration START = Duration.ofSeconds(30);

  /** On top of it: many JVMs that start at once share few processors. */
  private static final Duration START_EACH = Duration.ofSeconds(2);

  private static final long IN_FLIGHT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final Path file;
  private final int size;
  private final Consumer<String> notes;
  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final List<FleetMember> members = new ArrayList<>();
  private long settledNanos;

  /**
   * Makes a fleet of none.
   *
   * @param notes takes what is worth telling; called on the demo's thread
   */
  Fleet(final Path file, final int size, final Consumer<String> notes) {
    this.file = file;
    this.size = size;
    this.notes = notes;
  }

  /** Starts all workers at once; it is {@link #watch} that sees them serve. */
  void start() {
    for (int i = 0; i < size; i++) {
      startNext();
    }
  }

  /** All that ever were, in the order of their names. */
  List<FleetMember> members() {
    return Collections.unmodifiableList(members);
  }

  int size() {
    return size;
  }

  int serving() {
    return (int) members.stream().filter(m -> m.state == WorkerState.SERVING).count();
  }

  /** Whether all serve, and have done so for long enough to have answered something. */
  boolean isSettled() {
    return serving() == size && System.nanoTime() - settledNanos > SETTLING_NANOS;
  }

  List<Target> targets() {
    return members.stream().filter(m -> m.state == WorkerState.SERVING).map(m -> m.target).toList();
  }

  /**
   * Sees who serves now and who has died.
   *
   * @return whether the targets have changed
   * @throws NarthexException if a worker does not get to serve
   */
  boolean watch() {
    boolean changed = false;
    for (final FleetMember member : List.copyOf(members)) {
      changed |=
          switch (member.state) {
            case STARTING -> watchStarting(member);
            case SERVING -> watchServing(member);
            case KILLED, ENDED -> false;
          };
    }
    for (String line = said.poll(); line != null; line = said.poll()) {
      notes.accept(line);
    }
    return changed;
  }

  /** Kills one as hard as can be, in the middle of a request. */
  void killOne() {
    final List<FleetMember> serving =
        members.stream().filter(m -> m.state == WorkerState.SERVING).toList();
    if (serving.isEmpty()) {
      return;
    }
    final FleetMember victim = serving.get(Math.min(1, serving.size() - 1));
    final long deadline = System.nanoTime() + IN_FLIGHT_NANOS;
    while (victim.target.pending.get() == 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
    }
    victim.cutOff = victim.target.pending.get();
    victim.process.kill();
    victim.process.awaitEnd();
  }

  /** Ends all workers and waits for their end. A second call finds nothing to do. */
  void stop() {
    for (final FleetMember member : members) {
      switch (member.state) {
        case STARTING -> member.process.kill();
        case SERVING -> member.process.stop();
        case KILLED, ENDED -> {}
      }
    }
    for (final FleetMember member : members) {
      member.process.awaitEnd();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private FleetMember startNext() {
    final FleetMember member =
        new FleetMember(WorkerProcess.start("w" + members.size(), file, said::add));
    members.add(member);
    return member;
  }

  private boolean watchStarting(final FleetMember member) {
    final int port = member.process.port();
    if (port != 0) {
      member.target = new Target(member.name(), port);
      member.state = WorkerState.SERVING;
      settledNanos = System.nanoTime();
      notes.accept(member + " serves on port " + port);
      return true;
    }
    final Duration patience = START.plus(START_EACH.multipliedBy(size));
    if (!member.process.isAlive()) {
      member.process.awaitEnd();
      throw failed(member, "ended with status " + member.process.exitCode());
    }
    if (System.nanoTime() - member.startedNanos > patience.toNanos()) {
      throw failed(member, "took more than " + patience.toSeconds() + " s");
    }
    return false;
  }

  private NarthexException failed(final FleetMember member, final String how) {
    said.forEach(notes);
    return new NarthexException(member + " did not get to serve: it " + how);
  }

  private boolean watchServing(final FleetMember member) {
    if (member.process.isAlive()) {
      return false;
    }
    final boolean killed = member.process.exitCode() == SIGKILLED;
    member.state = killed ? WorkerState.KILLED : WorkerState.ENDED;
    notes.accept(
        member
            + (killed ? " killed with SIGKILL" : " ended with status " + member.process.exitCode())
            + inFlight(member.cutOff)
            + "; "
            + startNext()
            + " takes over");
    return true;
  }

  private static String inFlight(final int requests) {
    return switch (requests) {
      case 0 -> "";
      case 1 -> ", 1 request in flight";
      default -> ", " + requests + " requests in flight";
    };
  }
}
