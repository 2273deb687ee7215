package io.consentbridge.campaigns;

import io.consentbridge.zoho.Answer;

/**
 * What Campaigns answered to one contact call, with that call: what {@code direct:subscribe-contact},
 * {@code direct:unsubscribe-contact} and {@code direct:do-not-mail-contact} answer.
 *
 * @param question the very call
 * @param reply what the answer means
 */
public record ContactAnswer(ContactCall question, ContactReply reply) implements Answer {

    @Override
    public String toString() {
        return "answer to a " + question;
    }
}
