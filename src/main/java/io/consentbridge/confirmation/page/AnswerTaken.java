package io.consentbridge.confirmation.page;

/**
 * What became of an answer.
 *
 * @param asked the request, with its state after the answer
 * @param now whether this answer changed the state; false when the state was like this before
 */
public record AnswerTaken(Asked asked, boolean now) {}
