package io.consentbridge.sandbox.campaigns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who gets a campaign: the active members of its lists who follow its topic and are not barred; and who of these lists does not
 * (docs/zoho-notes.md, "Campaigns: sending").
 */
record Recipients(List<Contact> people, List<Dispatch.Unsent> unsent) {

    /** Returns the lists that a campaign can be sent to; none where its lists are gone, or named in the wrong way. */
    static List<MailingList> lists(Account account, Audience audience, Choices choices) {
        List<MailingList> lists = new ArrayList<>();
        for (Map.Entry<String, List<String>> each : audience.lists().entrySet()) {
            boolean well = choices.is(OpenPoint.LIST_DETAILS, "segments")
                    ? each.getValue().isEmpty()
                    : each.getValue().contains(audience.topic());
            Optional<MailingList> list = account.list(each.getKey());
            if (well && list.isPresent()) {
                lists.add(list.get());
            }
        }
        return lists;
    }

    static Recipients of(List<MailingList> lists, String topic) {
        List<Contact> people = new ArrayList<>();
        List<Dispatch.Unsent> unsent = new ArrayList<>();
        Set<Contact> met = new HashSet<>();
        for (MailingList list : lists) {
            for (Member member : list.all()) {
                Contact contact = member.contact();
                if (member.status() == Status.PENDING || !met.add(contact)) {
                    continue;
                }
                boolean active = member.status() == Status.ACTIVE && contact.bar() == Contact.Bar.NONE;
                if (active && contact.topics().contains(topic)) {
                    people.add(contact);
                } else {
                    unsent.add(new Dispatch.Unsent(contact, active));
                }
            }
        }
        return new Recipients(people, unsent);
    }

    /** Returns those of the people for whom it holds, and nobody to whom nothing is sent. */
    Recipients only(Predicate<Contact> whom) {
        return new Recipients(people.stream().filter(whom).toList(), List.of());
    }

    Recipients without(Set<Contact> others) {
        return new Recipients(
                people.stream().filter(each -> !others.contains(each)).toList(), unsent);
    }

    Set<String> addresses() {
        return people.stream().map(Contact::email).collect(Collectors.toSet());
    }
}
