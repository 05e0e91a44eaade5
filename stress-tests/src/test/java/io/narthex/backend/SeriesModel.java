package io.narthex.backend;

/** What the life of one counter's series comes to if one thing happens after the other. */
public final class SeriesModel {
  private double count;
  private boolean shown = true;

  /** Shows it. */
  public void create() {
    shown = true;
  }

  /** Counts 1, which shows it. */
  public void inc() {
    count++;
    shown = true;
  }

  /** Hides it and begins at zero; whether it was shown. */
  public boolean remove() {
    final boolean was = shown;
    count = 0;
    shown = false;
    return was;
  }

  /** What was counted since. */
  public double value() {
    return count;
  }

  /** What a scrape shows. */
  public String scrape() {
    return shown ? Double.toString(count) : "hidden";
  }
}
