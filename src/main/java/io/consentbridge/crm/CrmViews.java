package io.consentbridge.crm;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.PagedIterator;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Custom views and their records, through {@code direct:crm-settings} and {@code direct:crm-view} (docs/zoho-notes.md, "CRM:
 * lists of records" and "CRM: custom views"). The view's columns do not matter: the requested fields are returned.
 */
public final class CrmViews {

    private static final int PAGE_SIZE = 200;
    private static final int MOST_FIELDS = 50;

    private final ZohoSeams seams;
    private final CrmReader reader;

    public CrmViews(ZohoSeams seams, CrmReader reader) {
        this.seams = seams;
        this.reader = reader;
    }

    /**
     * A page of a view's records.
     *
     * @param page the records; their order means nothing
     * @param next what to send for the next page; null if there is none
     */
    public record Page(CrmPage page, String next) {}

    /** The present views of a module; a call for every 200 of them. */
    public List<CustomView> all(Connection connection, String runId, String module) {
        List<CustomView> views = new ArrayList<>();
        String subject = connection.name() + ": Zoho CRM gives the views of " + module;
        new PagedIterator<CustomView>(subject, page -> {
                    Map<String, String> parameters = Map.of(
                            "module", Coql.module(module),
                            "page", String.valueOf(page),
                            "per_page", String.valueOf(PAGE_SIZE));
                    CrmReply reply = settings(connection, runId, module, "", parameters);
                    return new PagedIterator.Page<>(views(reply), reply.hasMore());
                })
                .forEachRemaining(views::add);
        return views;
    }

    /** The same view with its criteria; a call if the list did not contain them, as in older versions. */
    public CustomView detailed(Connection connection, String runId, String module, CustomView view) {
        if (view.criteria() != null) {
            return view;
        }
        CrmReply reply = settings(connection, runId, module, "/" + view.id(), Map.of("module", Coql.module(module)));
        return views(reply).stream()
                .findFirst()
                .filter(told -> told.criteria() != null)
                .orElse(new CustomView(view.id(), view.name(), "", false));
    }

    private CrmReply settings(
            Connection connection, String runId, String module, String id, Map<String, String> parameters) {
        CrmCall call = CrmCall.get(runId, "settings", module, "settings/custom_views" + id, parameters);
        return seams.ask("crm-settings", connection, call, CrmReply.class);
    }

    private static List<CustomView> views(CrmReply reply) {
        List<CustomView> views = new ArrayList<>();
        for (JsonValue view : reply.value().path("custom_views").values()) {
            views.add(CustomView.of(view));
        }
        return views;
    }

    /**
     * A page of a view or campaign, at most 200 records. Fields of other modules, which a list does not contain, and fields
     * beyond 50 are read by an additional query, a hundred records a call.
     *
     * @param request connection, run, module and fields; condition and cursor are ignored
     * @param converted whether converted leads are among the records
     * @param since only what changed at or after this instant; null for all
     * @param page {@code next} of the previous page; null for the first
     */
    public Page page(ReadRequest request, Listed listed, boolean converted, Instant since, String page) {
        Set<String> fields = new LinkedHashSet<>(List.of(CrmReader.MODIFIED));
        fields.addAll(request.fields());
        fields.remove(CrmReader.ID);
        boolean whole = fields.size() <= MOST_FIELDS && fields.stream().noneMatch(field -> field.contains("."));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.putAll(listed.parameters());
        parameters.put("fields", whole ? String.join(",", fields) : CrmReader.MODIFIED);
        parameters.put("per_page", String.valueOf(PAGE_SIZE));
        if (request.module().equals("Leads") && converted) {
            parameters.put("converted", "both");
        }
        if (page != null) {
            parameters.put("page_token", page);
        }
        CrmCall call = new CrmCall(
                request.runId(), "view", request.module(), listed.path(request.module()), parameters, null, since);
        CrmReply reply = seams.ask("crm-view", request.connection(), call, CrmReply.class);
        String next = reply.hasMore() ? following(request, reply) : null;
        CrmPage read = CrmRows.page(request, reply, next == null, false);
        return new Page(whole ? read : withFields(request, read), next);
    }

    private CrmPage withFields(ReadRequest request, CrmPage read) {
        CrmReader.Found found = reader.withIds(
                request, read.records().stream().map(CrmRecord::id).toList());
        List<UnusableRecord> unusable = new ArrayList<>(read.unusable());
        unusable.addAll(found.unusable());
        return new CrmPage(found.records(), unusable, read.readAt(), read.last());
    }

    /** A list that is cut off must not pass for complete: people whom it lacks would count as not selected any more. */
    private static String following(ReadRequest request, CrmReply reply) {
        String token = reply.nextPageToken();
        if (token == null) {
            throw new ZohoFault.Rejected(
                    "no-page-token",
                    request.connection().name() + ": Zoho CRM says that more records of " + request.module()
                            + " follow, but not how to read them. It returns at most 100,000 records of a custom"
                            + " view or a campaign. Use scope: criteria instead");
        }
        return token;
    }
}
