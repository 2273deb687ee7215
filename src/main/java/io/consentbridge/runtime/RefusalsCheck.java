package io.consentbridge.runtime;

import io.consentbridge.consent.RefusalFields;
import io.consentbridge.polling.Gap;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.zoho.Connection;
import java.util.Set;

/** Checks that a connection's refusals of mail can be read. */
final class RefusalsCheck {

    private final CheckFindings findings;
    private final ProblemLocator places;
    private final PeopleModules people;

    RefusalsCheck(CheckFindings findings, ProblemLocator places, PeopleModules people) {
        this.findings = findings;
        this.places = places;
        this.people = people;
    }

    /** Reports refusals that cannot be read, which stop every sync of the connection. */
    void of(Connection connection) {
        PeopleModules.Found found = people.look(connection, null, Set.of());
        for (Gap gap : found.gaps()) {
            findings.wrong(
                    places.inSettings("zoho." + connection.name() + ".without-modules", gap.what(), gap.remedy()));
        }
        found.readable()
                .forEach((module, fields) -> fields.odd()
                        .forEach((field, kind) -> findings.checked(
                                "connection " + connection.name() + ": " + module + "." + field + " is " + kind.text()
                                        + ", and Zoho's own field of that name is "
                                        + (field.equals(RefusalFields.OPT_OUT)
                                                ? "a check box; every value except \"false\" counts as opted out"
                                                : field.equals(RefusalFields.UNSUBSCRIBED)
                                                        ? "a time; every value counts as opted out"
                                                        : "a pick list; its values are read the same way"))));
        if (found.privacy().isEmpty()) {
            findings.checked(
                    "connection " + connection.name() + ": whether the organisation's privacy settings are on is"
                            + " not known. The scope ZohoCRM.org.READ allows reading it");
        }
    }
}
