package io.consentbridge.confirmation.mail;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;

/**
 * The turns of one tick, each of which claims one request. There is another one until a turn has found none or claiming has
 * to stop. Camel looks for the next turn before it carries one out, so a turn claims only when it is carried out.
 */
final class MailTurns implements Iterator<MailTurns> {

    private final BooleanSupplier goesOn;
    private boolean over;

    MailTurns(BooleanSupplier goesOn) {
        this.goesOn = goesOn;
    }

    /** Says that nothing was due. */
    void end() {
        over = true;
    }

    @Override
    public boolean hasNext() {
        return !over && goesOn.getAsBoolean();
    }

    @Override
    public MailTurns next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return this;
    }
}
