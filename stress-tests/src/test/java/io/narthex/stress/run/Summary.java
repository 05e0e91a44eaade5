package io.narthex.stress.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** What a long run has shown, as a page of Markdown. */
final class Summary {
  private final Path page;
  private final double hours;

  Summary(final Path page, final double hours) {
    this.page = page;
    this.hours = hours;
  }

  /**
   * Writes it anew, so that who stops the run keeps what it has shown; also where the new one finds
   * no room.
   */
  void write(final List<Outcome> outcomes, final int classes) throws IOException {
    final StringBuilder text = new StringBuilder("# Long run\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%s, asked for %s h: %d of %d classes done, %d not green, %s, in %s. JDK %s, %d cores, %s %s.%n%n",
            LocalDate.now(ZoneOffset.UTC),
            hours,
            outcomes.size(),
            classes,
            outcomes.stream().filter(outcome -> !outcome.isGreen()).count(),
            Outcome.skipped(outcomes),
            Clock.text(outcomes.stream().mapToLong(Outcome::seconds).sum()),
            System.getProperty("java.version"),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version")));
    text.append("| class | tests | result | time | figures |\n|---|---|---|---|---|\n");
    for (final Outcome outcome : outcomes) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %s | %s | %s |%n",
              outcome.test(),
              outcome.tests(),
              outcome.verdict(),
              Clock.text(outcome.seconds()),
              outcome.told().replace("|", "\\|").replace("\n", " ")));
    }
    final Path written = page.resolveSibling(page.getFileName() + ".new");
    Files.writeString(written, text);
    Files.move(written, page, StandardCopyOption.ATOMIC_MOVE);
  }
}
