package io.consentbridge.crm;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Payment;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a module page by page in the order of {@code (Modified_Time, id)}; each page is one call of
 * {@code direct:crm-query} (docs/zoho-notes.md, "CRM: COQL by keyset").
 */
public final class CrmReader {

    static final String ID = "id";
    static final String MODIFIED = "Modified_Time";

    /** The most rows of a query; it costs three credits (docs/zoho-notes.md, "CRM: COQL pages and credits"). */
    private static final int PAGE_SIZE = 2000;

    /** The most rows of a query that costs one credit. */
    private static final int CHEAP_PAGE_SIZE = 200;

    private final ZohoSeams seams;

    public CrmReader(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The pages, each read when it is requested and not before. There is always at least one, and the last one may be empty.
     * A failure is remembered and thrown again without another call.
     *
     * <p>Iterating throws {@link io.consentbridge.zoho.ZohoFault}.
     *
     * @throws IllegalArgumentException if the request contains something that is no API name
     */
    public Iterator<CrmPage> pages(ReadRequest request) {
        query(request, request.from());
        return new CrmPages(
                request.connection().name() + ": " + request.module(), request.from(), cursor -> page(request, cursor));
    }

    /**
     * A page in the order of ids, those after {@code afterId}; null for the first. One call.
     *
     * <p>Throws {@link io.consentbridge.zoho.ZohoFault}; {@link io.consentbridge.zoho.ZohoFault.PageLost} if the page makes
     * no progress although it announces more.
     */
    public CrmPage byId(ReadRequest request, String afterId) {
        Condition after =
                afterId == null ? Condition.isNotNull(ID) : Condition.compare(ID, Condition.Operator.GREATER, afterId);
        CrmPage page = ask(request, query(request, after, ID + " asc"), true);
        requireProgress(request, afterId, page);
        return page;
    }

    // A walk that continues from the last id would never end otherwise.
    private static void requireProgress(ReadRequest request, String afterId, CrmPage page) {
        if (page.last()) {
            return;
        }
        String subject = request.connection().name() + ": Zoho CRM returned " + request.module();
        if (page.records().isEmpty()) {
            throw new ZohoFault.PageLost(
                    subject + ": an empty page but says that more records follow, so reading" + " stopped");
        }
        String lastId = page.records().get(page.records().size() - 1).id();
        if (afterId != null && !CrmRecord.follows(lastId, afterId)) {
            throw new ZohoFault.PageLost(
                    subject + ": the same records again after record " + afterId + ", so reading stopped");
        }
    }

    /**
     * The records with these ids, in no order; deleted ones are missing. A call for every hundred ids, the limit of {@code
     * in} (docs/zoho-notes.md, "CRM: limits of version 8"), and more if the CRM returns fewer at once.
     */
    public Found withIds(ReadRequest request, Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        List<CrmRecord> records = new ArrayList<>();
        List<UnusableRecord> unusable = new ArrayList<>();
        for (int from = 0; from < all.size(); from += Coql.MOST_VALUES) {
            List<String> some = all.subList(from, Math.min(from + Coql.MOST_VALUES, all.size()));
            Condition those = Condition.in(ID, some);
            String after = null;
            CrmPage page;
            do {
                Condition rest = after == null
                        ? those
                        : Condition.compare(ID, Condition.Operator.GREATER, after)
                                .and(those);
                page = ask(request, query(request, rest, ID + " asc"), false);
                requireProgress(request, after, page);
                records.addAll(page.records());
                unusable.addAll(page.unusable());
                after = page.last() ? null : records.get(records.size() - 1).id();
            } while (after != null);
        }
        return new Found(records, unusable);
    }

    /** The records with these ids, at most a hundred, in the order of ids; deleted ones are missing. One call. */
    public CrmPage withIdsAtOnce(ReadRequest request, List<String> ids) {
        return withIdsAtOnce(request, ids, Payment.NONE);
    }

    /** The same; the call, which costs one credit, is paid for. */
    public CrmPage withIdsAtOnce(ReadRequest request, List<String> ids, Payment payment) {
        String query = query(request, Condition.in(ID, ids), ID + " asc", CHEAP_PAGE_SIZE);
        return ask(request, query, false, payment);
    }

    /**
     * Queries for a record that does not exist, to see whether the module can be queried; one call. Throws {@link
     * ZohoFault}.
     */
    public void probe(Connection connection, String module) {
        withIdsAtOnce(new ReadRequest(connection, null, module, List.of(), null, null), List.of("1"));
    }

    /** Records that were read by their ids, and the rows that cannot be used. */
    public record Found(List<CrmRecord> records, List<UnusableRecord> unusable) {}

    private CrmPage page(ReadRequest request, Cursor cursor) {
        return ask(request, query(request, cursor), false);
    }

    private CrmPage ask(ReadRequest request, String query, boolean timeless) {
        return ask(request, query, timeless, Payment.NONE);
    }

    private CrmPage ask(ReadRequest request, String query, boolean timeless, Payment payment) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("select_query", query);
        if (Restriction.concerns(request)) {
            json.put("include_meta", List.of("fields"));
        }
        CrmCall call = new CrmCall(request.runId(), "coql", request.module(), "coql", Map.of(), json, null, payment);
        CrmReply reply = seams.ask("crm-query", request.connection(), call, CrmReply.class);
        Restriction.requireNone(request, reply);
        return CrmRows.page(request, reply, !reply.hasMore(), timeless);
    }

    static String query(ReadRequest request, Cursor cursor) {
        return query(request, after(cursor), MODIFIED + " asc, " + ID + " asc");
    }

    private static String query(ReadRequest request, Condition after, String sequence) {
        return query(request, after, sequence, PAGE_SIZE);
    }

    private static String query(ReadRequest request, Condition after, String sequence, int most) {
        Set<String> columns = new LinkedHashSet<>(List.of(ID, MODIFIED));
        columns.addAll(request.fields());
        columns.forEach(Coql::field);
        return "select " + String.join(", ", columns)
                + " from " + Coql.module(request.module())
                + " where " + (request.condition() == null ? after : after.and(request.condition()))
                + " order by " + sequence + " limit " + most;
    }

    /** COQL requires a where clause, so "all" is written too. */
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
