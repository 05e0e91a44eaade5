package io.narthex.jmh.chronicle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Nothing but the public seam is needed to write a backend. */
@AnalyzeClasses(
    packages = "io.narthex.jmh.chronicle",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class OpenSeamTest {
  @ArchTest
  static final ArchRule BACKEND_NEEDS_NOTHING_BUT_SEAM =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .haveNameMatching(
              "(java|net\\.openhft\\.chronicle\\.bytes|io\\.narthex\\.jmh\\.chronicle)\\..*"
                  + "|io\\.narthex\\.(NarthexException|GaugeMode|MetricConflictException)"
                  + "|io\\.narthex\\.backend\\.(?!Heap)\\w+(\\$\\w+)?"
                  + "|\\[.*");
}
