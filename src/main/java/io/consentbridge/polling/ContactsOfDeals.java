package io.consentbridge.polling;

import io.consentbridge.crm.Condition;
import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import io.consentbridge.crm.ReadRequest;
import io.consentbridge.crm.SelectedRecords;
import io.consentbridge.cursor.LateChanges;
import io.consentbridge.cursor.ReadingCursor;
import io.consentbridge.sync.BoundCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of the contacts of selected deals (B34): one call for every 2,000 deals, and one for every hundred contacts of a
 * page. A contact with deals on several pages occurs on each of them. No more than one page is in memory. Not for several
 * threads.
 */
final class ContactsOfDeals implements Iterator<CrmPage> {

    private static final String CONTACT = "Contact_Name";

    private final CrmReader reader;
    private final ReadRequest contacts;
    private final ReadRequest deals;
    private final SelectedRecords selected;
    private final LateChanges late;
    private List<String> passedOver = List.of();
    private ReadingCursor reached;
    private String after;
    private boolean ended;

    /**
     * @param contacts the request for contacts, with the fields that are read
     * @param begun the position that an earlier reading reached
     */
    ContactsOfDeals(
            CrmReader reader, ReadRequest contacts, SelectedRecords selected, ReadingCursor begun, LateChanges late) {
        this(reader, contacts, selected, begun, late, selected.deals(begun.since()));
    }

    /**
     * Those of these contacts, a hundred at most, that are selected through their deals, whether anything changed or not.
     */
    static ContactsOfDeals of(
            CrmReader reader, ReadRequest contacts, SelectedRecords selected, Collection<String> ids) {
        Condition theirs = Condition.in(CONTACT, List.copyOf(ids)).and(selected.deals(Optional.empty()));
        return new ContactsOfDeals(
                reader, contacts, selected, ReadingCursor.NONE, new LateChanges(Duration.ZERO), theirs);
    }

    private ContactsOfDeals(
            CrmReader reader,
            ReadRequest contacts,
            SelectedRecords selected,
            ReadingCursor begun,
            LateChanges late,
            Condition condition) {
        this.reader = reader;
        this.contacts = contacts;
        this.selected = selected;
        this.late = late;
        this.reached = begun;
        this.after = begun.reached().map(Cursor::id).orElse(null);
        List<String> fields = new ArrayList<>(List.of(CONTACT));
        fields.addAll(selected.dealFieldsHere());
        deals = new ReadRequest(contacts.connection(), contacts.runId(), "Deals", fields, condition, null);
    }

    /** Answers without a call. */
    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public CrmPage next() {
        CrmPage page = reader.byId(deals, after);
        Map<String, List<CrmRecord>> byContact = new LinkedHashMap<>();
        for (CrmRecord deal : page.records()) {
            contact(deal)
                    .ifPresent(id -> byContact
                            .computeIfAbsent(id, first -> new ArrayList<>())
                            .add(deal));
            after = deal.id();
        }
        CrmReader.Found found = reader.withIds(contacts, byContact.keySet());
        List<CrmRecord> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        for (CrmRecord contact : found.records()) {
            if (byContact.get(contact.id()).stream()
                    .anyMatch(deal -> selected.holdsWithDeal(together(contact, deal)))) {
                in.add(contact);
            } else {
                out.add(contact.id());
            }
        }
        passedOver = List.copyOf(out);
        ended = page.last();
        reached = reached.after(page, Optional.ofNullable(after).map(id -> new Cursor(page.readAt(), id)), late);
        return new CrmPage(in, found.unusable(), page.readAt(), page.last());
    }

    /** Contacts of the last page that no deal of that page selects. */
    List<String> passedOver() {
        return passedOver;
    }

    /** The position to which the last page has brought the reading. */
    ReadingCursor reached() {
        return reached;
    }

    private static Optional<String> contact(CrmRecord deal) {
        return deal.values().get(CONTACT) instanceof Map<?, ?> link && link.get("id") != null
                ? Optional.of(link.get("id").toString())
                : Optional.empty();
    }

    private static Map<String, Object> together(CrmRecord contact, CrmRecord deal) {
        Map<String, Object> values = new HashMap<>(contact.values());
        deal.values().forEach((field, value) -> values.put(BoundCondition.DEALS + field, value));
        return values;
    }
}
