package io.consentbridge.cursor;

/**
 * What is stored of a record whose consent is lost.
 *
 * @param decision word of the decision
 * @param says what it says of consent, a word of {@link io.consentbridge.consent.Lapse}
 */
public record LapsedRecord(String decision, String says) {}
