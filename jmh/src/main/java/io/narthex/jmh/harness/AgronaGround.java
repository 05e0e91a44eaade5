package io.narthex.jmh.harness;

import io.narthex.jmh.PrivateDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Agrona's, which a further JVM makes: this one need not have the flag that Agrona needs. */
final class AgronaGround implements Ground {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final PrivateDirectory directory;
  private final Child maker;

  private AgronaGround(final PrivateDirectory directory, final Child maker) {
    this.directory = directory;
    this.maker = maker;
  }

  static AgronaGround make() throws IOException, InterruptedException {
    final PrivateDirectory directory = new PrivateDirectory();
    final Child maker =
        Child.start(
            "maker",
            List.of("-XX:+UseSerialGC", "-Xmx128m"),
            AgronaMaker.class,
            directory.file().toString());
    final AgronaGround ground = new AgronaGround(directory, maker);
    try {
      maker.await("ready", LIMIT);
    } catch (final IllegalStateException | InterruptedException e) {
      ground.close();
      throw e;
    }
    return ground;
  }

  @Override
  public String where() {
    return directory.file().toString();
  }

  @Override
  public void make(final String metric, final String child) throws InterruptedException {
    maker.tell("make " + metric + ' ' + child);
    maker.await("made", LIMIT);
  }

  @Override
  public Map<String, Double> totals() throws InterruptedException {
    maker.tell("totals");
    final String[] words = maker.answer(LIMIT).split(" ", -1);
    final Map<String, Double> totals = new HashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      totals.put(words[i], Double.valueOf(words[i + 1]));
    }
    return totals;
  }

  @Override
  public void close() throws IOException {
    maker.close();
    directory.close();
  }
}
