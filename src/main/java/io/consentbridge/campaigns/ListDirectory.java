package io.consentbridge.campaigns;

import io.consentbridge.consent.ListName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The mailing lists of Campaigns, read as far as needed; nothing is read twice. Not safe for several threads. */
public final class ListDirectory {

    private final Iterator<MailingList> rest;
    private final List<MailingList> read = new ArrayList<>();

    ListDirectory(Iterator<MailingList> lists) {
        this.rest = lists;
    }

    /** The list with that key. */
    public Optional<MailingList> withKey(String key) {
        return first(list -> list.key().equals(key));
    }

    /** The list with that name, as {@link ListName} compares names; an exact match is preferred. */
    public Optional<MailingList> named(String name) {
        return first(list -> list.name().strip().equals(name.strip()))
                .or(() -> first(list -> ListName.same(list.name(), name)));
    }

    /** The names of all lists; no further call after {@link #named} found nothing. */
    public List<String> names() {
        first(list -> false);
        return read.stream().map(MailingList::name).toList();
    }

    private Optional<MailingList> first(Predicate<MailingList> wanted) {
        for (MailingList list : read) {
            if (wanted.test(list)) {
                return Optional.of(list);
            }
        }
        while (rest.hasNext()) {
            MailingList list = rest.next();
            read.add(list);
            if (wanted.test(list)) {
                return Optional.of(list);
            }
        }
        return Optional.empty();
    }
}
