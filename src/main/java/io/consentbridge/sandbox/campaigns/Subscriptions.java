package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.watch.Violations;
import java.util.Map;
import java.util.function.Predicate;

/** Applies subscriptions to a list, and notes violations by the client. */
final class Subscriptions {

    private final Account account;
    private final Violations violations;
    private final Predicate<String> optedOut;

    Subscriptions(Account account, Violations violations, Predicate<String> optedOut) {
        this.account = account;
        this.violations = violations;
        this.optedOut = optedOut;
    }

    /** The result of a subscription. */
    enum Outcome {
        ADDED,
        EXISTING,
        RETURNED,
        CONFIRMATION_SENT
    }

    /** Returns why the address may not be subscribed to anything, or null. */
    static UncertainReplies.Rejection barred(Contact contact) {
        if (contact == null) {
            return null;
        }
        return switch (contact.bar()) {
            case NONE -> null;
            case BOUNCED -> UncertainReplies.BOUNCED;
            case BLOCKED -> UncertainReplies.BLOCKED;
            case DO_NOT_MAIL -> UncertainReplies.DO_NOT_MAIL;
            case SPAM -> UncertainReplies.COMPLAINED;
        };
    }

    /** Removes a person from Do-Not-Mail, which a connector never does by itself. */
    void overrideDoNotMail(Contact contact, MailingList list) {
        if (contact != null && contact.bar() == Contact.Bar.DO_NOT_MAIL) {
            contact.bar(Contact.Bar.NONE);
            violations.add(Violations.Kind.DO_NOT_MAIL_OVERRIDDEN, contact.email(), list.name());
        }
    }

    /** Subscribes an address that is not barred. {@code asks} is false for calls that never send a confirmation. */
    Outcome subscribe(
            MailingList list, String email, Map<String, String> fields, String topic, String source, boolean asks) {
        Contact contact = account.contactOrNew(email);
        if (optedOut.test(contact.email())) {
            violations.add(Violations.Kind.SUBSCRIBED_OPTED_OUT, contact.email(), list.name());
        }
        contact.merge(fields);
        UncertainReplies.topics(topic).forEach(contact::follow);
        Member before = list.member(contact.email());
        if (before != null && before.status() == Status.ACTIVE) {
            return Outcome.EXISTING;
        }
        if (before != null && before.status() == Status.UNSUB && before.bySelf()
                || account.refusals().stands(list.name(), contact.email())) {
            violations.add(Violations.Kind.RESUBSCRIBED_AFTER_UNSUBSCRIBE, contact.email(), list.name());
        }
        if (before != null
                && before.status() == Status.UNSUB
                && !account.listing().reactivates()) {
            return Outcome.EXISTING;
        }
        Status status = asks && list.open() ? Status.PENDING : Status.ACTIVE;
        list.change(
                contact.email(),
                old -> account.newMember(contact, status, source).after(old));
        if (status == Status.PENDING) {
            return Outcome.CONFIRMATION_SENT;
        }
        return before == null || before.status() == Status.PENDING ? Outcome.ADDED : Outcome.RETURNED;
    }

    /** Removes a person from one list; returns false when they are not on it. */
    boolean unsubscribe(MailingList list, String email, boolean bySelf) {
        Member before = list.member(email);
        if (bySelf && before != null) {
            account.refusals().left(list.name(), email);
        }
        return list.change(
                        email,
                        old -> old == null
                                ? null
                                : old.with(
                                        Status.UNSUB,
                                        bySelf || old.bySelf() && old.status() == Status.UNSUB,
                                        account.now()))
                != null;
    }

    /** Bars a person for the whole organisation; memberships take the status. */
    void bar(Contact contact, Contact.Bar bar, Status status, boolean bySelf) {
        contact.bar(bar);
        for (MailingList list : account.lists()) {
            list.change(contact.email(), old -> old == null ? null : old.with(status, bySelf, account.now()));
        }
    }
}
