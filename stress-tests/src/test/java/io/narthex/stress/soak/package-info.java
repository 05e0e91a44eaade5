/** Mixed work for a long time, with processes that come and go: nothing grows that should not. */
package io.narthex.stress.soak;
