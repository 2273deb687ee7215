package io.consentbridge.crm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.consentbridge.zoho.ZohoSeams;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a module page by page in the order of {@code (Modified_Time, id)}; each page is one call of
 * {@code direct:crm-query} (crm-api §3.4).
 */
public final class CrmReader {

    static final String ID = "id";
    static final String MODIFIED = "Modified_Time";

    /** The most that one query brings; it costs three credits (crm-api §3.3). */
    private static final int PAGE_SIZE = 2000;

    private final ZohoSeams seams;

    public CrmReader(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The pages, each fetched when it is asked for and not before. There is always at least one, and the last one may be
     * empty. A failure is remembered: whoever asks again gets the same one, without another call.
     *
     * <p>Asking throws {@link io.consentbridge.zoho.ZohoFault}.
     *
     * @throws IllegalArgumentException when the order names something that is no API name
     */
    public Iterator<CrmPage> pages(ReadOrder order) {
        query(order, order.from());
        return new CrmPages(
                order.connection().name() + ": " + order.module(), order.from(), cursor -> page(order, cursor));
    }

    private CrmPage page(ReadOrder order, Cursor cursor) {
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("select_query", query(order, cursor))
                .toString();
        CrmCall call = new CrmCall(order.runId(), "coql", order.module(), "coql", Map.of(), json, null);
        CrmReply reply = seams.ask("crm-query", order.connection(), call, CrmReply.class);
        return new CrmPage(CrmRows.read(order, reply), reply.at(), !reply.hasMore());
    }

    static String query(ReadOrder order, Cursor cursor) {
        Set<String> columns = new LinkedHashSet<>(List.of(ID, MODIFIED));
        columns.addAll(order.fields());
        columns.forEach(Coql::field);
        Condition after = after(cursor);
        return "select " + String.join(", ", columns)
                + " from " + Coql.module(order.module())
                + " where " + (order.condition() == null ? after : after.and(order.condition()))
                + " order by " + MODIFIED + " asc, " + ID + " asc limit " + PAGE_SIZE;
    }

    /** COQL demands a where clause, so "all" is written too. */
    private static Condition after(Cursor cursor) {
        if (cursor == null) {
            return Condition.isNotNull(ID);
        }
        if (cursor.id().isEmpty()) {
            return Condition.compare(MODIFIED, Condition.Operator.GREATER_OR_EQUAL, cursor.modified());
        }
        return Condition.compare(MODIFIED, Condition.Operator.GREATER, cursor.modified())
                .or(Condition.compare(MODIFIED, Condition.Operator.EQUALS, cursor.modified())
                        .and(Condition.compare(ID, Condition.Operator.GREATER, cursor.id())));
    }
}
