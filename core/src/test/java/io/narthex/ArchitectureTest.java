package io.narthex;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.util.Set;

/**
 * The directions in which the house may be walked: face to seam, backends to seam, exposition to
 * face and seam.
 */
@AnalyzeClasses(packages = "io.narthex", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String FACE = "io.narthex";
  private static final String SEAM = "io.narthex.backend";
  private static final String MAPPED = "io.narthex.backend.mapped..";
  private static final String REDIS = "io.narthex.backend.redis..";
  private static final String EXPOSITION = "io.narthex.exposition..";

  /** What backends may know of the face. */
  private static final Set<String> FOR_BACKENDS =
      Set.of(
          "io.narthex.NarthexException",
          "io.narthex.MetricConflictException",
          "io.narthex.LabelValidationException",
          "io.narthex.GaugeMode");

  @ArchTest
  static final ArchRule FACE_KNOWS_THE_SEAM_ONLY =
      noClasses()
          .that()
          .resideInAPackage(FACE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MAPPED, REDIS, EXPOSITION, "org.agrona..");

  /** Of the heap, only the registry's default. */
  @ArchTest
  static final ArchRule FACE_MEETS_THE_HEAP_IN_THE_REGISTRY_ONLY =
      noClasses()
          .that()
          .resideInAPackage(FACE)
          .and()
          .doNotHaveSimpleName("MetricRegistry")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("io\\.narthex\\.backend\\.Heap.*");

  @ArchTest
  static final ArchRule BACKENDS_KNOW_EXCEPTIONS_AND_MODES_OF_THE_FACE_ONLY =
      noClasses()
          .that()
          .resideInAPackage("io.narthex.backend..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage(FACE)
                  .and(
                      DescribedPredicate.describe(
                          "are not for backends", type -> !FOR_BACKENDS.contains(type.getName()))));

  @ArchTest
  static final ArchRule SEAM_KNOWS_NO_ROOM_BEHIND_IT =
      noClasses()
          .that()
          .resideInAPackage(SEAM)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MAPPED, REDIS, EXPOSITION, "org.agrona..");

  /** A logger may throw. */
  @ArchTest
  static final ArchRule ONE_CLASS_LOGS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.narthex.backend.EngineLog")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.type(System.Logger.class)
                  .or(JavaClass.Predicates.resideInAPackage("java.util.logging..")));

  /** So that a program without a configuration file never loads it. */
  @ArchTest
  static final ArchRule ONE_CLASS_READS_JSON =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.narthex\\.backend\\.ConfigFile(\\$.*)?")
          .and()
          .resideOutsideOfPackage(REDIS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.gson..");

  @ArchTest
  static final ArchRule REDIS_KNOWS_NO_OTHER_ROOM =
      noClasses()
          .that()
          .resideInAPackage(REDIS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MAPPED, EXPOSITION);

  /** The client of the server is of one class, and who has no Redis needs none of it. */
  @ArchTest
  static final ArchRule ONE_CLASS_KNOWS_THE_CLIENT_OF_REDIS =
      noClasses()
          .that()
          .doNotHaveSimpleName("JedisLink")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("redis.clients..", "org.apache.commons.pool2..");

  @ArchTest
  static final ArchRule REDIS_SHOWS_ITS_BACKEND_AND_NO_MORE =
      classes()
          .that()
          .resideInAPackage(REDIS)
          .and()
          .areTopLevelClasses()
          .and()
          .arePublic()
          .should()
          .haveSimpleName("RedisBackend");

  @ArchTest
  static final ArchRule MAPPED_KNOWS_NO_OTHER_ROOM =
      noClasses()
          .that()
          .resideInAPackage(MAPPED)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(REDIS, EXPOSITION)
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("io\\.narthex\\.backend\\.Heap.*")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule EXPOSITION_KNOWS_FACE_AND_SEAM_ONLY =
      noClasses()
          .that()
          .resideInAPackage(EXPOSITION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MAPPED, REDIS, "org.agrona..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("io\\.narthex\\.backend\\.Heap.*")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_TOOLS =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.narthex.tools..");

  @ArchTest
  static final ArchRule MAPPED_SHOWS_ITS_BACKEND_AND_WHO_COUNTS =
      classes()
          .that()
          .resideInAPackage(MAPPED)
          .and()
          .arePublic()
          .should()
          .haveNameMatching(
              ".*\\.(MappedBackend(\\$Builder)?|MappedProcess(\\$State)?|When[A-Za-z]+)")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule NOBODY_PRINTS =
      noClasses()
          .should()
          .accessTargetWhere(
              JavaAccess.Predicates.targetOwner(JavaClass.Predicates.type(PrintStream.class)));
}
