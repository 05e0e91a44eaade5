package io.narthex.stress.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.List;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

/** Finds the test classes of this module. */
final class TestClasses {
  private TestClasses() {}

  /** Their full names. */
  static List<String> of(final Launcher launcher) {
    final TestPlan plan =
        launcher.discover(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("io.narthex"))
                .filters(ClassNameFilter.includeClassNamePatterns(".*Test"))
                .build());
    return plan.getRoots().stream()
        .flatMap(root -> plan.getChildren(root).stream())
        .map(TestIdentifier::getSource)
        .flatMap(source -> source.stream())
        .filter(ClassSource.class::isInstance)
        .map(source -> ((ClassSource) source).getClassName())
        .toList();
  }

  /** A name without its package. */
  static String simple(final String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
