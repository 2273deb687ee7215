package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.watch.Violations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The campaigns of the organisation: their states, their sending, and what their recipients do as time passes. Every method
 * takes the lock of the object, and so does who changes a {@link Mailing}.
 */
public final class Mailings {

    private static final long TEST_PHASE = 4 * 3_600_000L;
    private static final long A_DAY = 24 * 3_600_000L;
    private static final long HOURS_LATER = 3 * 3_600_000L;
    private static final int FEWEST_OF_SPLIT = 4;
    private static final int SOFT_BOUNCES_LIKE_A_HARD_ONE = 3;

    private final Account account;
    private final SandboxClock clock;
    private final Violations violations;
    private final Predicate<String> optedOut;
    private final Subscriptions subscriptions;
    private final Choices choices = new Choices();
    private final ContentImport imports = new ContentImport(choices);
    private final Set<String> senders = ConcurrentHashMap.newKeySet();
    private final List<Mailing> all = new ArrayList<>();
    private final Map<String, Mailing> byKey = new LinkedHashMap<>();
    private Optional<Shares> reactions = Optional.of(Shares.usual());
    private volatile long nextDue = Dispatch.NEVER;

    /** Creates no campaigns yet; {@code optedOut} says whether a CRM record with that address is opted out. */
    public Mailings(Account account, SandboxClock clock, Violations violations, Predicate<String> optedOut) {
        this.account = account;
        this.clock = clock;
        this.violations = violations;
        this.optedOut = optedOut;
        this.subscriptions = new Subscriptions(account, violations, optedOut);
        senders.add("news@example.com");
    }

    Choices choices() {
        return choices;
    }

    ContentImport imports() {
        return imports;
    }

    /** Returns the verified sender addresses, in lower case. */
    Set<String> senders() {
        return senders;
    }

    boolean verified(String sender) {
        return senders.contains(sender.trim().toLowerCase(Locale.ROOT));
    }

    Account account() {
        return account;
    }

    long now() {
        return clock.millis();
    }

    /** Sets what people do with campaigns that are sent from now on; nothing for people who do nothing by themselves. */
    synchronized void reactions(Optional<Shares> shares) {
        reactions = shares;
    }

    /** Adds a draft. */
    synchronized Mailing add(String name, Letter letter, Audience audience, boolean byApi, boolean split) {
        boolean twice = byApi
                && all.stream()
                        .anyMatch(each ->
                                each.byApi() && !each.deleted() && each.name().equalsIgnoreCase(name));
        if (twice) {
            violations.add(Violations.Kind.CAMPAIGN_CREATED_TWICE, null, name);
        }
        Mailing mailing = make(name, letter, audience, byApi, split);
        all.add(mailing);
        soonest();
        return mailing;
    }

    private Mailing make(String name, Letter letter, Audience audience, boolean byApi, boolean split) {
        long number = 1_000L + byKey.size();
        String key = "3z" + String.format("%062x", number * 0xD1B54A32D192ED03L & Long.MAX_VALUE);
        Mailing mailing = new Mailing(key, number, name, letter, audience, byApi, split, now());
        byKey.put(key, mailing);
        return mailing;
    }

    /** Returns the campaign, deleted or not, the parts of A/B campaigns included. */
    synchronized Optional<Mailing> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Returns every campaign in the order of creation, without the parts of A/B campaigns and deleted ones. */
    synchronized List<Mailing> all() {
        return all.stream().filter(each -> !each.deleted()).toList();
    }

    synchronized void delete(Mailing mailing) {
        mailing.delete();
        mailing.children().forEach(Mailing::delete);
    }

    /**
     * Sends a campaign, or schedules it.
     *
     * @param at when it is to be sent, 0 for now
     * @param byApi whether a call of the API asks for it
     * @return why it is refused, or null
     */
    synchronized String send(Mailing mailing, long at, boolean inTheirZones, boolean byApi) {
        long now = now();
        String refusal = refusal(mailing, byApi, now);
        if (refusal != null) {
            return refusal;
        }
        if (byApi && !mailing.dispatches().isEmpty()) {
            violations.add(Violations.Kind.CAMPAIGN_SENT_TWICE, null, mailing.name());
        }
        mailing.schedule(at, inTheirZones);
        if (byApi && choices.is(OpenPoint.REVIEW, "after")) {
            hold(mailing);
            return null;
        }
        if (at > now) {
            mailing.become(MailingState.SCHEDULED, now, at);
        } else {
            dispatch(mailing, now, byApi);
        }
        soonest();
        return null;
    }

    private String refusal(Mailing mailing, boolean byApi, long now) {
        if (mailing.deleted()) {
            return "6503";
        }
        String state = switch (mailing.state()) {
            case SENT -> "6600";
            case IN_PROGRESS, IN_TESTING ->
                choices.is(OpenPoint.SECOND_SEND, "accepted") ? null : choices.value(OpenPoint.SECOND_SEND);
            case TO_BE_REVIEWED -> "6611";
            case SCHEDULED, STOPPED, CANCELED, PAUSED -> "6605";
            case DRAFT -> byApi && choices.is(OpenPoint.REVIEW, "before") ? "6611" : null;
            case REVIEWED -> null;
        };
        if (state != null) {
            return state;
        }
        List<MailingList> lists = Recipients.lists(account, mailing.audience(), choices);
        if (lists.isEmpty()) {
            return "6606";
        }
        if (!mailing.letter().content().there()) {
            return "6607";
        }
        Recipients recipients = Recipients.of(lists, mailing.audience().topic());
        if (mailing.seal() != null && changed(mailing.seal(), mailing, recipients)) {
            return "6608";
        }
        if (mailing.seal() != null && !mailing.seal().letter().equals(mailing.letter())) {
            return "6609";
        }
        if (mailing.split() && recipients.people().size() < FEWEST_OF_SPLIT) {
            return "3023";
        }
        return recipients.people().isEmpty() && choices.is(OpenPoint.NOBODY, "refused") ? "6606" : null;
    }

    private boolean changed(Mailing.Seal seal, Mailing mailing, Recipients recipients) {
        if (!seal.lists().equals(mailing.audience().lists().keySet())) {
            return true;
        }
        return switch (choices.value(OpenPoint.RECIPIENTS_CHANGED)) {
            case "members" -> !seal.recipients().equals(recipients.addresses());
            case "joined" -> !seal.recipients().containsAll(recipients.addresses());
            default -> false;
        };
    }

    /** Holds a campaign for Zoho's review. */
    synchronized void hold(Mailing mailing) {
        long now = now();
        long takes = choices.duration(OpenPoint.REVIEW_TAKES).orElse(Dispatch.NEVER);
        mailing.seal(null);
        mailing.become(MailingState.TO_BE_REVIEWED, now, takes == Dispatch.NEVER ? takes : now + takes);
        soonest();
    }

    /** Ends the review. A campaign that was sent before it leaves now, or at its time. */
    synchronized void reviewed(Mailing mailing, long now) {
        Recipients recipients = Recipients.of(
                Recipients.lists(account, mailing.audience(), choices),
                mailing.audience().topic());
        mailing.seal(new Mailing.Seal(
                mailing.letter(), Set.copyOf(mailing.audience().lists().keySet()), recipients.addresses()));
        boolean sentBefore = choices.is(OpenPoint.REVIEW, "after") && mailing.byApi();
        if (!sentBefore) {
            mailing.become(MailingState.REVIEWED, now, Dispatch.NEVER);
        } else if (mailing.scheduledAt() > now) {
            mailing.become(MailingState.SCHEDULED, now, mailing.scheduledAt());
        } else {
            dispatch(mailing, now, true);
        }
        soonest();
    }

    /** Sends a campaign to whom it reaches now; the mails leave from {@code start} on. */
    synchronized void dispatch(Mailing mailing, long start, boolean byApi) {
        Recipients recipients = Recipients.of(
                Recipients.lists(account, mailing.audience(), choices),
                mailing.audience().topic());
        if (byApi) {
            recipients.people().stream()
                    .filter(each -> optedOut.test(each.email()))
                    .forEach(each -> violations.add(Violations.Kind.MAILED_OPTED_OUT, each.email(), mailing.name()));
        }
        if (mailing.split() && mailing.children().isEmpty()) {
            test(mailing, recipients, start);
        } else {
            send(mailing, recipients, start);
        }
        soonest();
    }

    // Of ten recipients one gets variant A and one variant B; the winner goes to the others after the test.
    private void test(Mailing mailing, Recipients recipients, long start) {
        for (int variant = 0; variant < 2; variant++) {
            String title = variant == 0 ? " - A" : " - B";
            Mailing child = make(mailing.name() + title, mailing.letter(), mailing.audience(), mailing.byApi(), false);
            int part = variant;
            send(child, recipients.only(each -> part(mailing, each) == part), start);
            mailing.children().add(child);
        }
        mailing.become(MailingState.IN_TESTING, start, start + TEST_PHASE);
    }

    private static int part(Mailing mailing, Contact contact) {
        return (int) (10 * Chance.of(0, mailing.name(), contact.email()).at(0));
    }

    private void send(Mailing mailing, Recipients recipients, long start) {
        long takes = mailing.inTheirZones() ? A_DAY : choices.millis(OpenPoint.SENDING_TAKES);
        Dispatch dispatch = new Dispatch(recipients.people(), recipients.unsent(), start, takes);
        reactions.ifPresent(shares -> dispatch.plan(mailing.name(), shares, start - 1));
        mailing.send(dispatch, start);
        mailing.become(MailingState.IN_PROGRESS, start, start + takes);
    }

    /**
     * Makes a campaign one of the past: it went to everybody of its lists who is not blocked, and, where it is the last one, those
     * who left, bounced or complained did so because of it. Nobody's state changes.
     */
    synchronized void happened(Mailing mailing, long start, boolean last) {
        List<Contact> people = new ArrayList<>();
        List<Dispatch.Unsent> unsent = new ArrayList<>();
        List<Optional<Reaction>> fates = new ArrayList<>();
        for (MailingList list : Recipients.lists(account, mailing.audience(), choices)) {
            for (Member member : list.all()) {
                Contact.Bar bar = member.contact().bar();
                if (bar == Contact.Bar.BLOCKED || bar == Contact.Bar.DO_NOT_MAIL) {
                    unsent.add(new Dispatch.Unsent(member.contact(), false));
                } else {
                    people.add(member.contact());
                    fates.add(fate(member.status()));
                }
            }
        }
        Dispatch dispatch = new Dispatch(people, unsent, start, choices.millis(OpenPoint.SENDING_TAKES));
        dispatch.plan(mailing.name(), Shares.usual().harmless(), start - 1);
        for (int i = 0; last && i < people.size(); i++) {
            int index = i;
            fates.get(i)
                    .ifPresent(reaction -> dispatch.knew(
                            reaction,
                            index,
                            dispatch.delivered(index) + (reaction == Reaction.HARD_BOUNCE ? 0 : HOURS_LATER)));
        }
        mailing.send(dispatch, start);
        mailing.become(MailingState.SENT, start, Dispatch.NEVER);
    }

    private static Optional<Reaction> fate(Status status) {
        return switch (status) {
            case UNSUB -> Optional.of(Reaction.UNSUBSCRIBE);
            case BOUNCE -> Optional.of(Reaction.HARD_BOUNCE);
            case SPAM -> Optional.of(Reaction.COMPLAIN);
            default -> Optional.empty();
        };
    }

    /** Goes on with a campaign that was paused. */
    synchronized void resume(Mailing mailing) {
        long now = now();
        long takes = choices.millis(OpenPoint.SENDING_TAKES);
        for (Dispatch dispatch : mailing.dispatches()) {
            dispatch.resume(now, takes);
            reactions.ifPresent(shares -> dispatch.plan(mailing.name(), shares, now - 1));
        }
        mailing.become(MailingState.IN_PROGRESS, now, now + takes);
        soonest();
    }

    /** Sends a campaign again, to those of its lists whom it did not reach yet, or to whom did not open it. */
    synchronized void resend(Mailing mailing, boolean unopened) {
        long now = now();
        Set<Contact> others = ConcurrentHashMap.newKeySet();
        for (Dispatch dispatch : mailing.dispatches()) {
            for (int i = 0; i < dispatch.size(); i++) {
                if (!unopened || dispatch.did(Reaction.OPEN, i, now)) {
                    others.add(dispatch.person(i));
                }
            }
        }
        Recipients recipients = Recipients.of(
                Recipients.lists(account, mailing.audience(), choices),
                mailing.audience().topic());
        send(mailing, new Recipients(recipients.without(others).people(), List.of()), now);
        soonest();
    }

    /** Lets what is due happen: imports, reviews, scheduled and ended sendings, and what people do. */
    public void advance() {
        long now = now();
        if (nextDue <= now) {
            advance(now);
        }
    }

    private synchronized void advance(long now) {
        for (Mailing mailing : List.copyOf(byKey.values())) {
            Content content = mailing.letter().content();
            if (content.dueAt() != 0 && content.dueAt() <= now) {
                mailing.rewrite(
                        mailing.letter().with(imports.fetch(content.url()).content()), now);
            }
            while (mailing.stepAt() <= now && !mailing.deleted()) {
                step(mailing, mailing.stepAt());
            }
            for (Dispatch dispatch : mailing.dispatches()) {
                for (var effect = dispatch.takeEffect(now); effect.isPresent(); effect = dispatch.takeEffect(now)) {
                    apply(mailing, effect.get());
                }
            }
        }
        soonest();
    }

    private void step(Mailing mailing, long at) {
        switch (mailing.state()) {
            case TO_BE_REVIEWED -> reviewed(mailing, at);
            case SCHEDULED -> leave(mailing, at);
            case IN_TESTING -> {
                Set<Contact> tested = ConcurrentHashMap.newKeySet();
                mailing.children().stream()
                        .flatMap(child -> child.dispatches().stream())
                        .forEach(dispatch -> Stream.iterate(0, i -> i < dispatch.size(), i -> i + 1)
                                .forEach(i -> tested.add(dispatch.person(i))));
                Recipients recipients = Recipients.of(
                        Recipients.lists(account, mailing.audience(), choices),
                        mailing.audience().topic());
                send(mailing, recipients.without(tested), at);
            }
            default -> mailing.become(MailingState.SENT, at, Dispatch.NEVER);
        }
    }

    private void leave(Mailing mailing, long at) {
        boolean possible = mailing.letter().content().there()
                && !Recipients.lists(account, mailing.audience(), choices).isEmpty();
        if (possible) {
            dispatch(mailing, at, mailing.byApi());
        } else {
            mailing.become(MailingState.STOPPED, at, Dispatch.NEVER);
        }
    }

    private void apply(Mailing mailing, Dispatch.Effect effect) {
        Contact contact = effect.contact();
        switch (effect.reaction()) {
            case HARD_BOUNCE -> subscriptions.bar(contact, Contact.Bar.BOUNCED, Status.BOUNCE, false);
            case SOFT_BOUNCE -> {
                if (contact.softBounced() >= SOFT_BOUNCES_LIKE_A_HARD_ONE) {
                    subscriptions.bar(contact, Contact.Bar.BOUNCED, Status.BOUNCE, false);
                }
            }
            case COMPLAIN -> subscriptions.bar(contact, Contact.Bar.SPAM, Status.SPAM, true);
            case LEAVE_TOPIC -> {
                if (mailing.audience().topic() != null) {
                    contact.leave(mailing.audience().topic());
                }
            }
            default -> unsubscribe(mailing, contact);
        }
    }

    private void unsubscribe(Mailing mailing, Contact contact) {
        boolean everywhere = choices.is(OpenPoint.UNSUBSCRIBES, "everywhere");
        for (MailingList list : account.lists()) {
            Member member = list.member(contact.email());
            if (member != null && (everywhere || mailing.audience().lists().containsKey(list.key()))) {
                subscriptions.unsubscribe(list, contact.email(), true);
            }
        }
        contact.leave(null);
    }

    /** Finds out anew when something is due next; call it after each change of a campaign. */
    synchronized void soonest() {
        long next = Dispatch.NEVER;
        for (Mailing mailing : byKey.values()) {
            long due = mailing.letter().content().dueAt();
            next = Math.min(next, due == 0 ? Dispatch.NEVER : due);
            next = Math.min(next, mailing.deleted() ? Dispatch.NEVER : mailing.stepAt());
            for (Dispatch dispatch : mailing.dispatches()) {
                next = Math.min(next, dispatch.nextEffect());
            }
        }
        nextDue = next;
    }
}
