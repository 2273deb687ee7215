package io.consentbridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final String ROOT = "io.consentbridge.";
    private static final Path SOURCES = Path.of("src/main/java/io/consentbridge");

    /** From the bottom to the top; a package uses only packages that stand before it. */
    private static final List<String> ORDER = List.of(
            "consent",
            "mapping",
            "sync",
            "reaction",
            "mailing",
            "proof",
            "zoho",
            "crm",
            "campaigns",
            "config",
            "mail",
            "store",
            "ledger",
            "quota",
            "audience",
            "outbox",
            "results",
            "writeback",
            "cursor",
            "run",
            "confirmation",
            "decision",
            "polling",
            "lifecycle",
            "cycle",
            "sending",
            "person",
            "runtime",
            "api",
            "cli");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.consentbridge");

    static Stream<String> packages() {
        return ORDER.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packages")
    @DisplayName("A package uses only the packages below it")
    void arrowsPointOneWay(String name) {
        List<String> above = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
        Stream<String> forbidden = Stream.concat(above.stream(), Stream.of("sandbox"));
        noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.map(other -> ROOT + other + "..").toArray(String[]::new))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    @DisplayName("The sandbox uses no other package of the product")
    void sandboxStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ORDER.stream().map(name -> ROOT + name + "..").toArray(String[]::new))
                .check(CLASSES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulePackages")
    @DisplayName("Rules know no Camel, no SQL and no HTTP")
    void rulesArePure(String name) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat(DescribedPredicate.not(allowedInRules()))
                .check(CLASSES);
    }

    static Stream<String> rulePackages() {
        return Stream.of("consent", "mapping", "sync", "reaction", "mailing", "proof");
    }

    @Test
    @DisplayName("Every package has a room in the list of layers and says what belongs in it")
    void everyPackageIsPlaced() throws Exception {
        try (Stream<Path> folders = Files.list(SOURCES).filter(Files::isDirectory)) {
            Assertions.assertThat(folders).allSatisfy(folder -> {
                String name = folder.getFileName().toString();
                Assertions.assertThat(name)
                        .isIn(Stream.concat(ORDER.stream(), Stream.of("sandbox"))
                                .toList());
                Assertions.assertThat(folder.resolve("package-info.java")).exists();
            });
        }
    }

    private static DescribedPredicate<JavaClass> allowedInRules() {
        return DescribedPredicate.describe(
                "the JDK, Jackson annotations, address syntax, canonical JSON and other rules", type -> {
                    String used = type.getPackageName();
                    return used.isEmpty()
                            || used.startsWith("java.lang")
                            || used.startsWith("java.util")
                            || used.startsWith("java.time")
                            || used.startsWith("java.math")
                            || used.startsWith("java.text")
                            || used.startsWith("java.nio")
                            || used.startsWith("java.io")
                            || used.startsWith("java.security")
                            || used.startsWith("javax.crypto")
                            || used.startsWith("java.net")
                            || used.startsWith("com.fasterxml.jackson.annotation")
                            || used.startsWith("org.erdtman.jcs")
                            || used.startsWith("org.apache.commons.validator.routines")
                            || rulePackages().anyMatch(name -> used.startsWith(ROOT + name));
                });
    }
}
