package io.narthex.stress.damage;

/** What of a file is damaged. */
enum Region {
  HEADER,
  PROCESSES,
  DIRECTORY,
  INDEX,
  PREFIX,
  FAMILY,
  SERIES,
  TEXT,
  BASELINE,
  PARTS,
  CELLS,

  /** Bytes of no field in particular. */
  ANYWHERE,

  /** The file's own. */
  LENGTH
}
