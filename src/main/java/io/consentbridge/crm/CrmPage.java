package io.consentbridge.crm;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One page of records in the order of {@code (Modified_Time, id)}.
 *
 * @param records at most 2,000
 * @param unusable further rows of the page that cannot be used
 * @param readAt Zoho's clock when it answered, from the Date header; ours when it gave none
 * @param last whether nothing follows
 */
public record CrmPage(List<CrmRecord> records, List<UnusableRecord> unusable, Instant readAt, boolean last) {

    public CrmPage {
        unusable = List.copyOf(unusable);
    }

    /** A page of which every row can be used. */
    public CrmPage(List<CrmRecord> records, Instant readAt, boolean last) {
        this(records, List.of(), readAt, last);
    }

    /** The records, and those that lack nothing but a time: what they refuse counts all the same. */
    public List<CrmRecord> whateverTheirTime() {
        return Stream.concat(
                        records.stream(),
                        unusable.stream()
                                .filter(row -> row.field().equals(CrmReader.MODIFIED))
                                .map(UnusableRecord::timeless))
                .toList();
    }
}
