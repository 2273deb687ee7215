package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.consent.Revalidation;
import java.time.Period;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Reads the section {@code revalidate} of a purpose, whose shape the schema has checked. */
final class RevalidationReader {

    private static final String AT = "/revalidate";
    private static final String CLICKS = "clicks";
    private static final int SHORTEST = 30;

    private final YamlFile file;
    private final Findings findings;
    private final JsonNode section;

    RevalidationReader(YamlFile file, Findings findings) {
        this.file = file;
        this.findings = findings;
        this.section = file.tree().path("revalidate");
    }

    /** How silent people are asked again; empty if nobody is. Mistakes are among the findings. */
    Optional<Revalidation> read(Purpose purpose) {
        if (section.isMissingNode()) {
            return Optional.empty();
        }
        if (purpose.confirmation().isEmpty()) {
            wrong(
                    "",
                    "revalidate is given, but the purpose does not say how people are asked",
                    "add confirmation, by which silent people are asked again");
        }
        Period silentFor = period(section.path("silentFor").asText());
        if (days(silentFor) < SHORTEST) {
            wrong("/silentFor", "a person cannot be called silent after so short a time", "write 30d at least");
        }
        Set<String> measures = measures();
        measures.remove(CLICKS);
        return Optional.of(new Revalidation(
                silentFor, List.copyOf(measures), Words.at(section, "then", Revalidation.Then.class, null)));
    }

    private Set<String> measures() {
        JsonNode by = section.path("measuredBy");
        Set<String> measures = new LinkedHashSet<>();
        if (by.isArray()) {
            StreamSupport.stream(by.spliterator(), false)
                    .map(JsonNode::textValue)
                    .forEach(measures::add);
        } else {
            measures.add(by.textValue());
        }
        for (String measure : measures) {
            if (measure.toLowerCase(Locale.ROOT).matches("opens?|opened")) {
                wrong(
                        "/measuredBy",
                        "opens say nothing: programs of mail providers load the pixel, and many people's programs never do",
                        "write clicks, and fields of the CRM such as that of the last purchase");
            } else if (RefusalFields.isOne(measure) || measure.equals("id")) {
                wrong("/measuredBy", measure + " is no sign of the person", "write a field with a date or a time");
            }
        }
        if (!measures.contains(CLICKS)) {
            wrong("/measuredBy", "clicks is missing", "add it: who clicks is not silent, whatever the CRM says");
        }
        return measures;
    }

    private void wrong(String key, String what, String remedy) {
        findings.add(file.at(AT + key), what, remedy);
    }

    private static long days(Period period) {
        return period.toTotalMonths() * 30 + period.getDays();
    }

    // There are no minutes here: a month may be written as m, as in 18m, or as in the key validity.
    private static Period period(String text) {
        int number = Integer.parseInt(text.replaceAll("\\D", ""));
        return switch (text.replaceAll("\\d", "")) {
            case "w" -> Period.ofWeeks(number);
            case "m", "mo" -> Period.ofMonths(number);
            case "y" -> Period.ofYears(number);
            default -> Period.ofDays(number);
        };
    }
}
