package io.narthex.backend.mapped;

/** What an opener does with a file, or a metric in it, that an earlier program left. */
record Lifecycle(WhenUnused whenUnused, WhenIncompatible whenIncompatible) {}
