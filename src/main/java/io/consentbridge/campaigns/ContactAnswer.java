package io.consentbridge.campaigns;

import io.consentbridge.zoho.Answer;

/**
 * Campaigns' answer to a contact call, together with the call: the answer of {@code direct:subscribe-contact}, {@code
 * direct:unsubscribe-contact} and {@code direct:do-not-mail-contact}.
 *
 * @param question the call, the same object
 * @param reply the meaning of the answer
 */
public record ContactAnswer(ContactCall question, ContactReply reply) implements Answer {

    @Override
    public String toString() {
        return "answer to a " + question;
    }
}
