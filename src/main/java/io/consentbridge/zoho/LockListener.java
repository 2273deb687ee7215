package io.consentbridge.zoho;

import java.time.Instant;

/** Is told when Zoho locks a method for a connection, so that the lock outlives the process and reaches the others. */
@FunctionalInterface
public interface LockListener {

    /**
     * Nothing of the method may be sent before {@code until}.
     *
     * @param because what Zoho said, without personal data
     */
    void locked(String connection, String method, Instant until, String because);
}
