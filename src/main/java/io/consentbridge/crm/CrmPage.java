package io.consentbridge.crm;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One page of records in the order of {@code (Modified_Time, id)}.
 *
 * @param records at most 2,000, each once: of several rows with one id the last
 * @param unusable the other rows of the page, which cannot be used
 * @param readAt Zoho's clock at the time of the reply, from the Date header; the local clock if there was none
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
            // Removed first, so that the record is at the position of its last row.
            last.remove(row.id());
            last.put(row.id(), row);
        }
        return List.copyOf(last.values());
    }

    /** A page without unusable rows. */
    public CrmPage(List<CrmRecord> records, Instant readAt, boolean last) {
        this(records, List.of(), readAt, last);
    }

    /** The records, including those that lack only a time: their refusals count. */
    public List<CrmRecord> whateverTheirTime() {
        return Stream.concat(
                        records.stream(),
                        unusable.stream()
                                .filter(row -> row.field().equals(CrmReader.MODIFIED))
                                .map(UnusableRecord::timeless))
                .toList();
    }
}
