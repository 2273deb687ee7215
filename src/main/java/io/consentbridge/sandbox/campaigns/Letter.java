package io.consentbridge.sandbox.campaigns;

/**
 * What a campaign sends.
 *
 * @param fromName may be null
 * @param replyTo may be null
 */
record Letter(String subject, String fromName, String from, String replyTo, Content content) {

    Letter with(Content other) {
        return new Letter(subject, fromName, from, replyTo, other);
    }

    Letter titled(String other) {
        return new Letter(other, fromName, from, replyTo, content);
    }
}
