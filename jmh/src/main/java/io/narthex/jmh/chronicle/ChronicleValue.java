package io.narthex.jmh.chronicle;

/** What the backend asks of its slots beyond counting. */
interface ChronicleValue {
  /** Reads the value into the cursor; whether it is shown, given that it was removed or not. */
  boolean read(ChronicleCursor cursor, boolean removed);

  /** Goes back to where a removed series stands. */
  void clear();

  /** Takes the value that a new series is shown with, if any. */
  void create();
}
