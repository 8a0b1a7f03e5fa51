package io.quittance.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.quittance.streams", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /**
     * app → topology → processor → {state, codec} → domain.
     *
     * <ul>
     *   <li>state may use codec: a row's layout is codec's, and the indexes over the store are built from row headers.
     *   <li>metrics may use processor and state: it implements the port that the processor reports to, and what it
     *       shows of the stores are state's gauges; codec for the one constant that means "never".
     *   <li>http may use state and codec: a look-up reads a row, in the layout that is codec's.
     *   <li>config may use domain: the decider's numbers are configuration.
     *   <li>topology may use state and codec: it names the store, and makes readers and writers.
     *   <li>cli and config may use yaml: policies, data map entries and regimes are files that people write.
     *   <li>cli may use policy: it tries policies on requests before they are published. Policy may use yaml to write
     *       times as people do.
     *   <li>cli may use codec and config: what it publishes is checked as the pipeline will check it.
     * </ul>
     */
    @ArchTest
    static final ArchRule layers = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.quittance.streams..")
            .layer("app")
            .definedBy("..streams.app..")
            .layer("cli")
            .definedBy("..streams.cli..")
            .layer("config")
            .definedBy("..streams.config..")
            .layer("http")
            .definedBy("..streams.http..")
            .layer("metrics")
            .definedBy("..streams.metrics..")
            .layer("policy")
            .definedBy("..streams.policy..")
            .layer("yaml")
            .definedBy("..streams.yaml..")
            .layer("topology")
            .definedBy("..streams.topology..")
            .layer("processor")
            .definedBy("..streams.processor..")
            .layer("state")
            .definedBy("..streams.state..")
            .layer("signature")
            .definedBy("..streams.signature..")
            .layer("codec")
            .definedBy("..streams.codec..")
            .layer("domain")
            .definedBy("..streams.domain..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("policy")
            .mayOnlyBeAccessedByLayers("app", "cli")
            .whereLayer("signature")
            .mayOnlyBeAccessedByLayers("app", "cli")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("app", "cli")
            .whereLayer("yaml")
            .mayOnlyBeAccessedByLayers("cli", "config", "policy")
            .whereLayer("topology")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("processor")
            .mayOnlyBeAccessedByLayers("app", "topology", "metrics")
            .whereLayer("state")
            .mayOnlyBeAccessedByLayers("app", "topology", "processor", "metrics", "http")
            .whereLayer("codec")
            .mayOnlyBeAccessedByLayers("app", "topology", "processor", "state", "metrics", "http", "cli");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.quittance.streams.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreKnowsNothingButJava = noClasses()
            .that()
            .resideInAPackage("..streams.domain..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.quittance.streams.domain..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule theCoreHasNoClock = noClasses()
            .that()
            .resideInAPackage("..streams.domain..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(java.time.Clock.class, java.util.Random.class, java.util.UUID.class)
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    /** Time comes from the task, or from a Clock that the composition root hands in. */
    @ArchTest
    static final ArchRule nobodyReadsTheClockByTheWay = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule onlyCodecAndTheCommandLineKnowTheContractsRecords = noClasses()
            .that()
            .resideOutsideOfPackages("..streams.codec..", "..streams.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quittance.schema..");
}
