package io.consentbridge.confirmation;

import java.util.Arrays;
import java.util.Optional;

/**
 * The state of a request for consent: requested → sending → sent → (bounced) → given | refused | expired, later withdrawn.
 *
 * <p>Pure: {@link #after} says everything that can happen to a request.
 */
public enum RequestState {
    /** Nobody was written to yet. */
    REQUESTED("requested"),
    /** A mail was claimed, and perhaps it was sent: a process that dies then never sends it twice. */
    SENDING("sending"),
    /** The mail was sent. */
    SENT("sent"),
    /** The mail did not reach the person; their address is not asked again. */
    BOUNCED("bounced"),
    /** The person consented. */
    GIVEN("given"),
    /** The person refused, for good. */
    REFUSED("refused"),
    /** The person did not answer in time, or the request or the consent came to its end. */
    EXPIRED("expired"),
    /** The person consented and took it back, for good. */
    WITHDRAWN("withdrawn");

    /** What happens to a request. */
    public enum Step {
        /** A mail is claimed, before it is sent. */
        CLAIM,
        /** The mail server took the mail. */
        SEND,
        /** The mail server took no mail, and may take it later. */
        POSTPONE,
        /** The mail does not reach the person. */
        BOUNCE,
        /** The person clicks that they consent. */
        CONFIRM,
        /** The person clicks that they refuse. */
        REFUSE,
        /** The time to answer, or the validity of a consent, is over; or the request must not stay open. */
        EXPIRE,
        /** A refusal by another way, such as an opt-out in the CRM. */
        WITHDRAW
    }

    private final String word;

    RequestState(String word) {
        this.word = word;
    }

    /** The word in the database, in screens and documents. */
    public String word() {
        return word;
    }

    /**
     * The state with that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RequestState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such state: " + word));
    }

    /** Whether the person may still answer. */
    public boolean open() {
        return this == REQUESTED || this == SENDING || this == SENT;
    }

    /** Whether it is a refusal of the person, which nothing ends. */
    public boolean refuses() {
        return this == REFUSED || this == WITHDRAWN;
    }

    /** The state after a step; empty if the step changes nothing. A refusal is taken in every state, and is never left. */
    public Optional<RequestState> after(Step step) {
        RequestState next = switch (step) {
            case CLAIM -> this == REQUESTED ? SENDING : this;
            case SEND -> this == SENDING ? SENT : this;
            case POSTPONE -> this == SENDING ? REQUESTED : this;
            case BOUNCE -> open() ? BOUNCED : this;
            case CONFIRM -> open() ? GIVEN : this;
            case REFUSE -> this == GIVEN ? WITHDRAWN : refuses() ? this : REFUSED;
            case EXPIRE -> open() || this == GIVEN ? EXPIRED : this;
            case WITHDRAW -> this == GIVEN ? WITHDRAWN : open() ? EXPIRED : this;
        };
        return next == this ? Optional.empty() : Optional.of(next);
    }
}
