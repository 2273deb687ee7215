package io.consentbridge.crm;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One page of records in the order of {@code (Modified_Time, id)}.
 *
 * @param records at most 2,000, of which each counts once: of rows with one id the last
 * @param unusable further rows of the page that cannot be used
 * @param readAt Zoho's clock when it answered, from the Date header; ours when it gave none
 * @param last whether nothing follows
 */
public record CrmPage(List<CrmRecord> records, List<UnusableRecord> unusable, Instant readAt, boolean last) {

    public CrmPage {
        records = eachOnce(records);
        records = List.copyOf(records);
        unusable = List.copyOf(unusable);
    }

    private static List<CrmRecord> eachOnce(List<CrmRecord> rows) {
        Map<String, CrmRecord> last = new LinkedHashMap<>();
        for (CrmRecord row : rows) {
            // Taken out first, so that the record stands where its last row does.
            last.remove(row.id());
            last.put(row.id(), row);
        }
        return List.copyOf(last.values());
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
