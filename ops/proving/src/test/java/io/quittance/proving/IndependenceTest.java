package io.quittance.proving;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The judge must not be wrong together with what it judges. */
class IndependenceTest {
    private static final String PROVING = "io.quittance.proving.";
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.quittance.proving");

    @Test
    void nothingHereUsesTheApplicationOrTheExecutors() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quittance.streams..", "io.quittance.executor..")
                .check(classes);
    }

    @Test
    void theJudgeKnowsOnlyWhatWasWrittenDown() {
        noClasses()
                .that()
                .resideInAPackage(PROVING + "check..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quittance.schema..",
                        "io.quittance.contract..",
                        PROVING + "load..",
                        PROVING + "nemesis..",
                        PROVING + "ground..",
                        PROVING + "sabotage..")
                .check(classes);
    }

    @Test
    void whatIsWrittenDownKnowsNothingOfWhoReadsIt() {
        noClasses()
                .that()
                .resideInAPackage(PROVING + "history..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROVING + "check..", PROVING + "load..", PROVING + "nemesis..", PROVING + "cli..")
                .check(classes);
    }
}
