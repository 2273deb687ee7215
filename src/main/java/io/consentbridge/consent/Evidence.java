package io.consentbridge.consent;

import java.time.LocalDate;

/**
 * What the CRM records about a consent (crm-api §7.3).
 *
 * @param byEmail whether the person agreed to e-mail; null when the CRM does not say
 * @param byPhone whether the person agreed to the telephone; null when the CRM does not say
 * @param bySurvey whether the person agreed to surveys; null when the CRM does not say
 * @param through how it was given (Consent Form, Portal, Web Form, Email, Call); null when not recorded
 * @param date when it was given; null when not recorded
 * @param remarks free text; null when not recorded
 */
public record Evidence(
        Boolean byEmail, Boolean byPhone, Boolean bySurvey, String through, LocalDate date, String remarks) {}
