package io.consentbridge.crm;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.zoho.ZohoFault;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns the rows of a reply into records. */
final class CrmRows {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private CrmRows() {}

    static List<CrmRecord> read(ReadOrder order, CrmReply reply) {
        List<CrmRecord> records = new ArrayList<>();
        for (JsonNode row : reply.rows()) {
            String id = row.path(CrmReader.ID).asText("");
            Instant modified = instant(row.path(CrmReader.MODIFIED));
            if (id.isEmpty() || modified == null) {
                throw new ZohoFault.Rejected(
                        "NO_ORDER",
                        order.connection().name() + ": records of " + order.module()
                                + " come without id or Modified_Time, so the module cannot be read in order");
            }
            records.add(new CrmRecord(id, modified, JSON.convertValue(row, VALUES)));
        }
        return records;
    }

    /** An ISO-8601 time with offset; null when the node is none. */
    static Instant instant(JsonNode node) {
        try {
            return OffsetDateTime.parse(node.asText()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
