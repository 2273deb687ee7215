package io.consentbridge.outbox;

import io.consentbridge.zoho.Connection;

/** What CRM records say against people, which must be known as of lately before anybody is subscribed. */
@FunctionalInterface
public interface CrmRefusals {

    /**
     * Whether all of it has been read within {@code delivery.recheck}; the CRM is asked if it has not.
     *
     * @return false while the CRM cannot be asked; nobody may be subscribed then, and people who leave still leave
     */
    boolean known(Connection connection);
}
