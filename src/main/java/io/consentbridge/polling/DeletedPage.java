package io.consentbridge.polling;

import io.consentbridge.crm.Deletion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of records that were deleted in the CRM.
 *
 * @param deletions the deletions, in the CRM's order, which has no meaning
 * @param until the time, by Zoho's clock, up to which all deletions have been read with this page; set on the last page
 *     only, since the newest deletion may come first
 */
public record DeletedPage(List<Deletion> deletions, Optional<Instant> until) {

    public DeletedPage {
        deletions = List.copyOf(deletions);
    }

    // Identity, because Camel hashes a body each time an expression such as ${body.name} reads it (the instance is part
    // of its BeanInfoCacheKey); a hash of the values would walk through all of them for each record.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return deletions.size() + " deletions";
    }
}
