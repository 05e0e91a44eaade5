package io.narthex.exposition;

import java.io.IOException;

/**
 * How long an exchange may wait for its client. Whoever handles the exchange says when it waits and
 * when it works, so that only waiting is counted, and only waiting is interrupted: an interrupt
 * during a visit could hit a backend's own I/O.
 */
interface Patience {
  /** For exchanges of someone else's server, whose time-outs are not ours. */
  Patience ENDLESS =
      new Patience() {
        @Override
        public void waiting() {}

        @Override
        public void working() {}
      };

  /**
   * From now on the thread may wait for the client.
   *
   * @throws IOException if it has waited too long already
   */
  void waiting() throws IOException;

  /** From now on the thread waits for nobody. */
  void working();
}
