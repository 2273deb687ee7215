package io.consentbridge.outbox;

import io.consentbridge.zoho.Connection;

/** Knows the refusals in CRM records, which must be recent before anybody is subscribed. */
@FunctionalInterface
public interface CrmRefusals {

    /**
     * Whether all refusals were read within {@code delivery.recheck}; the CRM is asked if they were not.
     *
     * @return false while the CRM cannot be asked; nobody may be subscribed then, and removals go on
     */
    boolean readIfOld(Connection connection);
}
