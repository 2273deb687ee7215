package io.consentbridge.outbox;

/** What Campaigns answers to a call that reads and names nobody; each question costs one. */
public interface Reach {

    /** Whether it answers at all; false too when that call is locked or the credential is refused. */
    boolean answers(Delivery delivery);

    /** Whether it has the list of the delivery, as far as it answers: true unless it says that the list is gone. */
    boolean hasList(Delivery delivery);
}
