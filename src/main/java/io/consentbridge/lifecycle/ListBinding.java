package io.consentbridge.lifecycle;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.ListIdentity;
import io.consentbridge.audience.ListWatch;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.RunFault;
import java.util.Optional;

/** Binds a run to the list of its purpose, and checks that the list is what the purpose says. */
public final class ListBinding {

    private final MailingLists lists;
    private final HeldLists heldLists;
    private final ListWatch watch;

    public ListBinding(MailingLists lists, HeldLists heldLists, ListWatch watch) {
        this.watch = watch;
        this.lists = lists;
        this.heldLists = heldLists;
    }

    /** @param mismatch why nobody may be subscribed to the list; empty when it is what the purpose says */
    record Bound(MailingList list, Optional<String> mismatch) {}

    /** @throws RunFault when the list does not exist and must not be created */
    Bound bind(ActiveRun run, ListDirectory there) {
        Purpose purpose = run.purpose();
        String connection = run.connection().name();
        there.named(purpose.list()).ifPresent(list -> lists.follow(connection, list.key(), purpose.list()));
        Optional<SignupForm> createAs = purpose.createList() ? Optional.of(purpose.signupForm()) : Optional.empty();
        MailingList list = lists.remember(connection, purpose.list(), createAs);
        lists.expect(list.id(), purpose.signupForm());
        choose(list, purpose, there);
        MailingList known = lists.find(list.id()).orElseThrow();
        ListIdentity identity = watch.identify(run.connection(), run.id(), known, there);
        if (identity instanceof ListIdentity.Mismatch mismatch) {
            heldLists.hold(known.id(), HeldLists.Kind.IDENTITY, mismatch.text());
            return new Bound(known, Optional.of(mismatch.text()));
        }
        if (identity instanceof ListIdentity.Found found) {
            lists.found(known.id(), found.key());
            heldLists.release(known.id(), HeldLists.Kind.IDENTITY);
            retry(known, found);
        } else if (identity instanceof ListIdentity.Absent absent) {
            if (absent.wasThere()) {
                lists.missing(known.id(), known.key());
            }
            requireCreatable(purpose, lists.lostOn(known.id()));
            heldLists.release(known.id(), HeldLists.Kind.IDENTITY);
        }
        return new Bound(lists.find(known.id()).orElseThrow(), Optional.empty());
    }

    /**
     * Returns the list of that name with a sign-up form, by which consent is requested; empty when the list cannot serve.
     */
    Optional<MailingList> asking(ActiveRun run, String name, ListDirectory there) {
        String connection = run.connection().name();
        MailingList known = lists.named(connection, name)
                .orElse(MailingList.unknown(connection, name))
                .as(SignupForm.PUBLIC);
        ListIdentity identity = watch.identify(run.connection(), run.id(), known, there);
        if (identity instanceof ListIdentity.Found found
                && found.form().filter(SignupForm.PUBLIC::equals).isPresent()) {
            MailingList list = lists.remember(connection, name, Optional.empty());
            lists.expect(list.id(), SignupForm.PUBLIC);
            lists.found(list.id(), found.key());
            heldLists.release(list.id(), HeldLists.Kind.IDENTITY);
            return lists.find(list.id());
        }
        if (identity instanceof ListIdentity.Mismatch mismatch && known.id() > 0) {
            heldLists.hold(known.id(), HeldLists.Kind.IDENTITY, mismatch.text());
        }
        return Optional.empty();
    }

    /**
     * Returns the list of the purpose beside a campaign's own list: what people refuse on one of them counts on both (B134). It
     * need not exist in Campaigns.
     *
     * @param own the list of the campaign
     */
    MailingList beside(ActiveRun run, MailingList own, String name, ListDirectory there) {
        String connection = run.connection().name();
        MailingList main =
                lists.named(connection, name).orElseGet(() -> lists.remember(connection, name, Optional.empty()));
        if (main.key().isEmpty()) {
            there.named(name).ifPresent(list -> lists.found(main.id(), list.key()));
        }
        lists.refuseTogether(own.id(), main.id());
        return lists.find(main.id()).orElseThrow();
    }

    // A person decides which of two lists is meant.
    private void choose(MailingList list, Purpose purpose, ListDirectory there) {
        if (purpose.listKey().isEmpty() || purpose.listKey().equals(list.key())) {
            return;
        }
        String key = purpose.listKey().get();
        String name = there.withKey(key)
                .map(chosen -> chosen.name())
                .orElseThrow(() ->
                        new RunFault(ListIdentity.noSuchKey(key, purpose.name()).text()));
        if (!ListName.same(name, purpose.list())) {
            throw new RunFault("the list with the key " + key + " is called \"" + name + "\" in Campaigns. Write list: "
                    + name + " in purpose " + purpose.name() + ", or use another key");
        }
        lists.found(list.id(), key);
    }

    // The form known from a confirmation is the one that Campaigns shows, or the one that the purpose now names; where
    // Campaigns shows none, one person is tried first.
    private void retry(MailingList list, ListIdentity.Found found) {
        boolean open = list.form().filter(SignupForm.PUBLIC::equals).isPresent();
        if (open || found.form().isPresent()) {
            heldLists.release(list.id(), HeldLists.Kind.CONFIRMATION);
        } else {
            heldLists.tryAgain(list.id());
        }
    }

    private static void requireCreatable(Purpose purpose, long lost) {
        if (!purpose.createList() && lost > 0) {
            throw new RunFault("Campaigns no longer has the mailing list \"" + purpose.list() + "\", to which " + lost
                    + (lost == 1 ? " person was" : " people were")
                    + " delivered. Create a list of that name there, or set createList: true in purpose "
                    + purpose.name() + "; people who may be mailed are then delivered again");
        }
        if (!purpose.createList()) {
            throw new RunFault("Campaigns has no mailing list \"" + purpose.list() + "\". Create it there, or set"
                    + " createList: true in purpose " + purpose.name());
        }
        String refused = ListName.refused(purpose.list());
        if (!refused.isEmpty()) {
            throw new RunFault("Campaigns does not create a list named \"" + purpose.list() + "\", because of"
                    + " " + refused
                    + ". Use only letters, digits, spaces, _ and - in purpose " + purpose.name()
                    + ", or create the list in Campaigns");
        }
    }

    /** Returns whether Campaigns no longer has the list of a run; the list is then recorded as missing. */
    boolean isLost(ActiveRun run) {
        if (watch.isThere(run.connection(), run.id(), run.list())) {
            return false;
        }
        lists.missing(run.list().id(), run.list().key());
        return true;
    }
}
