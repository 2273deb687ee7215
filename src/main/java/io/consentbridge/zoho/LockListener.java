package io.consentbridge.zoho;

import java.time.Instant;

/** Hears that Zoho locked a method for a connection, so that this outlives the process and reaches the others. */
@FunctionalInterface
public interface LockListener {

    /**
     * Nothing of the method may be sent before {@code until}.
     *
     * @param because what Zoho said, without personal data
     */
    void locked(String connection, String method, Instant until, String because);
}
