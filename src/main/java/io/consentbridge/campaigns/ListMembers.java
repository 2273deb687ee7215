package io.consentbridge.campaigns;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads the members of a list, through {@code direct:count-members} and {@code direct:list-members} (docs/zoho-notes.md,
 * "Campaigns: members of a list").
 */
public final class ListMembers {

    private static final String SUBJECT = "Zoho Campaigns gives the members of a list";

    private final ZohoSeams seams;

    public ListMembers(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The number of members with that status; one call.
     *
     * @param runId the run for which the calls are counted; null for none
     */
    public long count(Connection connection, String runId, String listKey, MemberStatus status) {
        CampaignsCall call = CampaignsCall.read(runId, "listsubscriberscount", parameters(listKey, status));
        JsonValue count = seams.ask("count-members", connection, call, CampaignsReply.class)
                .value()
                .path("no_of_contacts");
        if (!count.text().matches("\\d{1,18}")) {
            throw new ZohoFault.Transient(
                    connection.name() + ": Zoho Campaigns does not count the members of a" + " list", null);
        }
        return Long.parseLong(count.text());
    }

    /**
     * The members with that status, in pages of at most 500, each read when it is needed; no page is empty. The order of
     * rows is not documented; the newest members come first if Campaigns sorts by that. A failure is remembered and thrown
     * again.
     */
    public Iterator<List<ListedMember>> scan(Connection connection, String runId, String listKey, MemberStatus status) {
        return new ScannedPages<>(SUBJECT, fetch(connection, runId, listKey, status), Function.identity());
    }

    /**
     * Gives all members with that status to the reader, in pages of at most 500, some of them twice if rows moved meanwhile.
     *
     * @return how many were read to the end
     * @throws ZohoFault if not all could be read; the reader may have got some of them
     */
    public long readWhole(
            Connection connection,
            String runId,
            String listKey,
            MemberStatus status,
            Consumer<List<ListedMember>> reader) {
        String subject = connection.name() + ": " + SUBJECT;
        return new SteadyPages<>(subject, fetch(connection, runId, listKey, status), Function.identity(), reader)
                .read();
    }

    private PageFetch<ListedMember> fetch(Connection connection, String runId, String listKey, MemberStatus status) {
        return (from, range) -> {
            Map<String, String> parameters = parameters(listKey, status);
            parameters.put("sort", status == MemberStatus.RECENT ? "desc" : "asc");
            parameters.put("fromindex", String.valueOf(from));
            parameters.put("range", String.valueOf(range));
            CampaignsCall call = CampaignsCall.read(runId, "getlistsubscribers", parameters);
            CampaignsReply reply = seams.ask("list-members", connection, call, CampaignsReply.class);
            List<ListedMember> people = people(reply);
            if (from == 1 && people.isEmpty() && !reply.empty()) {
                requireNobody(connection, runId, listKey, status);
            }
            return people;
        };
    }

    /**
     * Only code 2502 is documented to mean that there are no members (docs/zoho-notes.md, "Campaigns: members of a list").
     * Whether a success without rows means the same is not documented (Z): it is believed for a first page if the count is
     * zero too. Recent members cannot be counted, but the reading of all active members includes them.
     */
    private void requireNobody(Connection connection, String runId, String listKey, MemberStatus status) {
        if (status != MemberStatus.RECENT && count(connection, runId, listKey, status) > 0) {
            throw new ZohoFault.PageLost(connection.name() + ": Zoho Campaigns lists no members of a list (status "
                    + status.word() + ") although it counts some");
        }
    }

    private static Map<String, String> parameters(String listKey, MemberStatus status) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("resfmt", "JSON");
        parameters.put("listkey", listKey);
        parameters.put("status", status.word());
        return parameters;
    }

    private static List<ListedMember> people(CampaignsReply reply) {
        List<ListedMember> people = new ArrayList<>();
        for (JsonValue row : reply.rows("list_of_details")) {
            people.add(ListedMember.of(row.path("contact_email").text()));
        }
        return people;
    }
}
