package io.consentbridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What machines read depends on no default locale and no default charset. */
class MachineTextTest {

    /** Digits and signs of the default locale, where no other is named. */
    private static final Pattern LOCALISED = Pattern.compile("%[-#+0,(]*\\d*(?:\\.\\d+)?[dfeg]");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.consentbridge");

    @Test
    @DisplayName("Letters change their case by a fixed rule, not by country")
    void cases() {
        noClasses()
                .should()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .check(CLASSES);
    }

    @Test
    @DisplayName("Bytes and letters are converted with a named charset")
    void charsets() {
        noClasses()
                .should()
                .callMethod(String.class, "getBytes")
                .orShould()
                .callConstructor(String.class, byte[].class)
                .orShould()
                .callConstructor(java.io.InputStreamReader.class, java.io.InputStream.class)
                .orShould()
                .callConstructor(java.io.OutputStreamWriter.class, java.io.OutputStream.class)
                .orShould()
                .callMethod(java.nio.charset.Charset.class, "defaultCharset")
                .check(CLASSES);
    }

    @Test
    @DisplayName("Numbers are formatted as plain digits, or with a named locale")
    void numbers() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (LOCALISED.matcher(line).find() && !line.contains("Locale.ROOT")) {
                        found.add(file + ": " + line.strip());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(String.format(Locale.forLanguageTag("ar-SA-u-nu-arab"), "%d", 7))
                .isNotEqualTo("7");
    }
}
