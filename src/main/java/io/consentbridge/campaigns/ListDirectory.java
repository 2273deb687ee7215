package io.consentbridge.campaigns;

import io.consentbridge.consent.ListName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The mailing lists that Campaigns has, read as far as somebody asks; what was read is not asked for again. Not for
 * several threads.
 */
public final class ListDirectory {

    private final Iterator<MailingList> rest;
    private final List<MailingList> read = new ArrayList<>();

    ListDirectory(Iterator<MailingList> lists) {
        this.rest = lists;
    }

    /** The list of that key. */
    public Optional<MailingList> withKey(String key) {
        return first(list -> list.key().equals(key));
    }

    /** The list of that name, as {@link ListName} compares them; one that has the very name before any other. */
    public Optional<MailingList> named(String name) {
        return first(list -> list.name().strip().equals(name.strip()))
                .or(() -> first(list -> ListName.same(list.name(), name)));
    }

    /** The names of all lists; what {@link #named} has not found costs no further call. */
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
