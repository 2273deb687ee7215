package io.consentbridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules know no Camel, SQL or HTTP: only the JDK, Jackson's annotations, and each other downwards. */
@AnalyzeClasses(packages = "io.consentbridge", importOptions = DoNotIncludeTests.class)
class RulesStandAloneTest {

    private static final String JDK = "java..";
    private static final String ANNOTATIONS = "com.fasterxml.jackson.annotation..";
    private static final String CONSENT = "io.consentbridge.consent..";
    private static final String MAPPING = "io.consentbridge.mapping..";
    private static final String SYNC = "io.consentbridge.sync..";
    private static final String PROOF = "io.consentbridge.proof..";

    @ArchTest
    static final ArchRule consentKnowsOnlyAddressSyntaxBesides =
            only(CONSENT, JDK, ANNOTATIONS, CONSENT, "org.apache.commons.validator..");

    @ArchTest
    static final ArchRule mappingStandsAlone = only(MAPPING, JDK, ANNOTATIONS, MAPPING);

    @ArchTest
    static final ArchRule proofKnowsOnlyCanonicalJsonBesides =
            only(PROOF, JDK, "javax.crypto..", PROOF, "org.erdtman.jcs..");

    @ArchTest
    static final ArchRule syncKnowsMappingAndConsent = only(SYNC, JDK, ANNOTATIONS, SYNC, MAPPING, CONSENT);

    private static ArchRule only(String rules, String... others) {
        return classes()
                .that()
                .resideInAPackage(rules)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(others);
    }
}
