package io.narthex.backend.mapped;

/**
 * A process that counts into a mapped file, or did.
 *
 * @param incarnation the number that the file gave it; no other process ever gets it
 * @param pid its pid as it sees itself, which in containers may be another's too; 0 if it did not
 *     get to say
 * @param startMillis when it was started, ms since the epoch; 0 if that is not known
 * @param heartbeatMillis when it showed itself last, ms since the epoch; it does about each second
 * @param state whether it lives
 */
public record MappedProcess(
    long incarnation, long pid, long startMillis, long heartbeatMillis, State state) {
  /** Whether a process lives, by the kernel's locks. */
  public enum State {
    /** It counts into the file, or is stopped. */
    ALIVE,

    /** It has closed the file; whether it goes on without is not known. */
    CLOSED,

    /** It has ended without closing the file. */
    DEAD
  }
}
