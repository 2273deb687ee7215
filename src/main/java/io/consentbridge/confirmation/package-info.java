/**
 * Requests for consent: whom a purpose asks, by which way, and what they answered. A state belongs to a connection, a
 * person, a purpose and a version of its wording; each change of it is one transaction together with its event.
 *
 * <p>Begin with {@link io.consentbridge.confirmation.ConfirmationRequests}. Whether a person may be mailed is decided in {@code
 * consent}: a confirmation is one of the facts there. What a page of records asks for is written in {@code decision}, in the
 * page's transaction.
 */
package io.consentbridge.confirmation;
