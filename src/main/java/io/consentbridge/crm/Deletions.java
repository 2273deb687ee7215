package io.consentbridge.crm;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.PagedIterator;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads deleted records, through {@code direct:crm-deleted} (docs/zoho-notes.md, "CRM: deleted records"). */
public final class Deletions {

    private static final int PAGE_SIZE = 200;

    private final ZohoSeams seams;

    public Deletions(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The records deleted at or after {@code since}, in Zoho's order, 200 a call, each page read when it is needed. A
     * failure is remembered and thrown again.
     *
     * @param runId the run that the calls are counted for; null for none
     * @param since null for all deletions that Zoho still knows
     */
    public Iterator<Deletion> since(Connection connection, String runId, String module, Instant since) {
        String path = Coql.module(module) + "/deleted";
        String subject = connection.name() + ": Zoho CRM gives the deletions of " + module;
        return new PagedIterator<>(subject, page -> {
            Map<String, String> parameters =
                    Map.of("type", "all", "page", String.valueOf(page), "per_page", String.valueOf(PAGE_SIZE));
            CrmCall call = new CrmCall(runId, "deleted", module, path, parameters, null, since);
            CrmReply reply = seams.ask("crm-deleted", connection, call, CrmReply.class);
            return new PagedIterator.Page<>(rows(reply), reply.hasMore());
        });
    }

    private static List<Deletion> rows(CrmReply reply) {
        List<Deletion> rows = new ArrayList<>();
        for (JsonValue row : reply.rows()) {
            Instant at = CrmRows.instant(row.path("deleted_time"));
            rows.add(new Deletion(row.path("id").text(), at == null ? reply.at() : at));
        }
        return rows;
    }
}
