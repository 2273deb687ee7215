package io.consentbridge.crm;

import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes records of the rows of a reply. */
final class CrmRows {

    private static final Pattern DIGITS = Pattern.compile("\\d{1,25}");
    private static final String EMAIL = "Email";

    /** The number of rows, and their percentage of a page, that may be unusable before the whole page is. */
    private static final int MOST_ROWS = 10;

    private static final int MOST_PERCENT = 5;

    private CrmRows() {}

    /**
     * The records of a page, and the rows of it that cannot be used.
     *
     * @param timeless whether a record may lack its {@code Modified_Time}, because nothing is read in that order
     * @throws ZohoFault.Rejected if so many rows are unusable that the page is broken
     */
    static CrmPage page(ReadRequest request, CrmReply reply, boolean last, boolean timeless) {
        List<CrmRecord> records = new ArrayList<>();
        List<UnusableRecord> unusable = new ArrayList<>();
        int rows = 0;
        for (JsonValue row : reply.rows()) {
            rows++;
            Map<String, Object> values = row.fields();
            String id = row.path(CrmReader.ID).text();
            Instant modified = instant(row.path(CrmReader.MODIFIED));
            if (!DIGITS.matcher(id).matches()) {
                unusable.add(new UnusableRecord(standIn(row), CrmReader.ID, values));
            } else if (!row.path(EMAIL).isAbsent() && !row.path(EMAIL).isText()) {
                unusable.add(new UnusableRecord(id, EMAIL, values));
            } else if (modified == null && !timeless) {
                unusable.add(new UnusableRecord(id, CrmReader.MODIFIED, values));
            } else {
                records.add(new CrmRecord(id, modified == null ? Instant.EPOCH : modified, values));
            }
        }
        boolean stuck = !last && records.isEmpty() && !unusable.isEmpty();
        if (stuck || unusable.size() > MOST_ROWS && unusable.size() * 100L > (long) MOST_PERCENT * rows) {
            UnusableRecord first = unusable.get(0);
            throw new ZohoFault.Rejected(
                    "BROKEN_PAGE",
                    request.connection().name() + ": " + unusable.size() + " of " + rows + " records of "
                            + request.module()
                            + " on one page cannot be used: the first is " + first.id() + ", because of its"
                            + " " + first.field()
                            + ". Check in Zoho CRM whether records of that module have these fields");
        }
        return new CrmPage(records, unusable, reply.at(), last);
    }

    /** The same text for the same row. */
    private static String standIn(JsonValue row) {
        byte[] text = ZohoJson.write(row.value()).getBytes(StandardCharsets.UTF_8);
        return "row-" + UUID.nameUUIDFromBytes(text).toString().substring(0, 8);
    }

    /** An ISO-8601 time with offset; null if the value is none. */
    static Instant instant(JsonValue value) {
        try {
            return OffsetDateTime.parse(value.text()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
