package io.narthex.stress.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Records what becomes of one test class. */
final class Recorder implements TestExecutionListener {
  private final long begin = System.nanoTime();
  private final List<String> failures = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final Map<String, String> figures = new LinkedHashMap<>();
  private long tests;

  @Override
  public void executionSkipped(final TestIdentifier test, final String reason) {
    skipped.add(test.getDisplayName() + ": " + reason);
  }

  @Override
  public void executionFinished(final TestIdentifier test, final TestExecutionResult result) {
    final String words =
        result.getThrowable().map(thrown -> firstLine(thrown.toString())).orElse("");
    switch (result.getStatus()) {
      case SUCCESSFUL -> tests += test.isTest() ? 1 : 0;
      case ABORTED ->
          skipped.add(
              test.getDisplayName()
                  + ": "
                  + result
                      .getThrowable()
                      .map(Throwable::getMessage)
                      .map(Recorder::firstLine)
                      .orElse(words));
      case FAILED -> {
        tests += test.isTest() ? 1 : 0;
        failures.add(test.getDisplayName() + ": " + words);
        result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(System.out));
      }
    }
  }

  private static String firstLine(final String text) {
    return text.lines().findFirst().orElse("");
  }

  @Override
  public void reportingEntryPublished(final TestIdentifier test, final ReportEntry entry) {
    entry.getKeyValuePairs().forEach((key, value) -> figures.merge(key, value, Recorder::added));
  }

  /** What several tests of a class count under one name is added up. */
  private static String added(final String before, final String value) {
    try {
      return Long.toString(Long.parseLong(before) + Long.parseLong(value));
    } catch (final NumberFormatException e) {
      return before + ", " + value;
    }
  }

  Outcome outcome(final String test) {
    return new Outcome(
        test, tests, skipped, failures, figures, (System.nanoTime() - begin) / 1_000_000_000);
  }
}
