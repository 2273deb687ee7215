package io.consentbridge.sandbox.campaigns;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * How members are listed, which no document of Zoho's settles: in which order, how late a change of status is visible, and
 * what is visible until then. Who may make a person active again who had left is settled by one page only
 * (docs/zoho-notes.md, "Campaigns: leavers and group addresses").
 */
public final class Listing {

    /** The order of rows; {@code sort=desc} reverses it. */
    public enum Order {
        JOINED,
        NEWEST,
        ADDRESS,
        /** A different order for each call. */
        SHUFFLED
    }

    /** What the lists show of a person whose changed status is not visible yet. */
    public enum Until {
        /** The old status. */
        OLD,
        /** Both statuses. */
        BOTH,
        /** Neither status. */
        NEITHER
    }

    /** Who can make a person active again who left by themselves. */
    public enum Rejoin {
        PERSON,
        ANYBODY
    }

    /** How Campaigns reports that a page of members is empty. */
    public enum Empty {
        /** With code 2502, as its documents say. */
        CODE,
        /** With a success without rows. */
        ROWS,
        /** Answers with the reply for an empty page, even if people are on the list. */
        ALWAYS
    }

    private volatile Empty empty = Empty.CODE;
    private volatile int most = Integer.MAX_VALUE;
    private volatile Order order = Order.JOINED;
    private volatile long lateMillis;
    private volatile Until until = Until.OLD;
    private volatile Rejoin rejoin = Rejoin.PERSON;
    private volatile boolean reactivates = true;

    /** Limits each page to that many rows, however many are requested. */
    public void most(int rows) {
        most = rows;
    }

    public void empty(Empty how) {
        empty = how;
    }

    Empty empty() {
        return empty;
    }

    int most() {
        return most;
    }

    public void order(Order rows) {
        order = rows;
    }

    public void late(long millis, Until shown) {
        lateMillis = millis;
        until = shown;
    }

    public void rejoin(Rejoin who) {
        rejoin = who;
    }

    Rejoin rejoin() {
        return rejoin;
    }

    /**
     * Sets whether a subscription by the API makes an unsubscribed person active again; its reply is the same either way.
     */
    public void reactivates(boolean does) {
        reactivates = does;
    }

    boolean reactivates() {
        return reactivates;
    }

    /** Returns the members whom the list shows with that status, in the order of its rows. */
    List<Member> of(MailingList list, Status status, long now) {
        List<Member> shown = lateMillis == 0 ? list.all(status) : late(list, status, now);
        return switch (order) {
            case JOINED -> shown;
            case NEWEST ->
                sorted(shown, Comparator.comparingLong(Member::number).reversed());
            case ADDRESS ->
                sorted(shown, Comparator.comparing(member -> member.contact().email()));
            case SHUFFLED -> {
                List<Member> mixed = new ArrayList<>(shown);
                Collections.shuffle(mixed, new Random());
                yield mixed;
            }
        };
    }

    private static List<Member> sorted(List<Member> members, Comparator<Member> by) {
        return members.stream().sorted(by).toList();
    }

    private List<Member> late(MailingList list, Status status, long now) {
        return list.all().stream()
                .filter(member -> {
                    if (member.changed() + lateMillis <= now) {
                        return member.status() == status;
                    }
                    boolean was = member.before() == status;
                    return switch (until) {
                        case OLD -> was;
                        case BOTH -> was || member.status() == status;
                        case NEITHER -> false;
                    };
                })
                .toList();
    }
}
