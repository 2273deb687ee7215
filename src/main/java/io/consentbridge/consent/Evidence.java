package io.consentbridge.consent;

import java.time.LocalDate;

/**
 * The details of a consent that the CRM records (docs/zoho-notes.md, "CRM: lawful basis and consent").
 *
 * <p>Whether Zoho itself ends a consent on its last day is not documented; here a consent is valid from its date to its last
 * day, both included.
 *
 * @param byEmail whether the person agreed to e-mail; null when the CRM does not say
 * @param byPhone whether the person agreed to the telephone; null when the CRM does not say
 * @param bySurvey whether the person agreed to surveys; null when the CRM does not say
 * @param through how it was given (Consent Form, Portal, Web Form, Email, Call); null when not recorded
 * @param date when it was given; null when not recorded
 * @param endsOn the last day on which it is valid; null when not recorded
 * @param remarks free text; null when not recorded
 */
public record Evidence(
        Boolean byEmail,
        Boolean byPhone,
        Boolean bySurvey,
        String through,
        LocalDate date,
        LocalDate endsOn,
        String remarks) {

    /** Whether the consent is valid on a day: it was not given later and has not ended before. */
    public boolean holdsOn(LocalDate day) {
        return (date == null || !date.isAfter(day)) && (endsOn == null || !endsOn.isBefore(day));
    }
}
