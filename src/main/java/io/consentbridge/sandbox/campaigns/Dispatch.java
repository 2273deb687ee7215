package io.consentbridge.sandbox.campaigns;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * One sending of a campaign: who gets it and when, who does not, and when who reacts. Times may be in the future; each
 * question about it names the time at which it is asked. Not safe for use by several threads.
 */
final class Dispatch {

    static final long NEVER = Long.MAX_VALUE;

    /** A mail is delivered so long after it left, in milliseconds. */
    private static final long ON_ITS_WAY = 2_000;

    private static final long SOONEST_OPEN = 20_000;
    private static final long SCAN = 400;

    /** A person of the lists to whom nothing is sent; {@code active} unless they left, bounced or are barred. */
    record Unsent(Contact contact, boolean active) {}

    /** A reaction that changes what Campaigns knows of a person. */
    record Effect(long at, Contact contact, Reaction reaction) {}

    private final Contact[] people;
    private final List<Unsent> unsent;
    private final long[] sent;
    private final Map<Reaction, long[]> times = new EnumMap<>(Reaction.class);
    private final PriorityQueue<Effect> effects = new PriorityQueue<>(Comparator.comparingLong(Effect::at));
    private Map<String, Integer> places;
    private long version;

    Dispatch(List<Contact> people, List<Unsent> unsent, long start, long takes) {
        this.people = people.toArray(Contact[]::new);
        this.unsent = List.copyOf(unsent);
        this.sent = new long[this.people.length];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = start + takes * i / sent.length;
        }
    }

    int size() {
        return people.length;
    }

    Contact person(int index) {
        return people[index];
    }

    List<Unsent> unsent() {
        return unsent;
    }

    /** Returns a number that changes whenever somebody's times do. */
    long version() {
        return version;
    }

    long sent(int index) {
        return sent[index];
    }

    long delivered(int index) {
        return sent[index] == NEVER ? NEVER : sent[index] + ON_ITS_WAY;
    }

    /** Returns when a person reacts, or {@link #NEVER}. */
    long at(Reaction reaction, int index) {
        long[] all = times.get(reaction);
        return all == null ? NEVER : all[index];
    }

    boolean did(Reaction reaction, int index, long now) {
        return at(reaction, index) <= now;
    }

    /** Lets people react by chance. What happened before {@code now} stays; what was to happen later is decided anew. */
    void plan(String campaign, Shares shares, long now) {
        version++;
        effects.clear();
        times.values().forEach(all -> {
            for (int i = 0; i < all.length; i++) {
                all[i] = all[i] <= now ? all[i] : NEVER;
            }
        });
        for (int i = 0; i < people.length; i++) {
            if (sent[i] != NEVER) {
                plan(i, Chance.of(shares.seed(), campaign, people[i].email()), shares, now);
            }
        }
    }

    private void plan(int i, Chance chance, Shares shares, long now) {
        long start = Math.max(now, delivered(i));
        long span = shares.within().toMillis();
        if (bounced(i, now)) {
            return;
        }
        if (chance.within(1, shares.of(Reaction.HARD_BOUNCE))) {
            set(Reaction.HARD_BOUNCE, i, start, now);
            return;
        }
        if (chance.within(2, shares.of(Reaction.SOFT_BOUNCE))) {
            set(Reaction.SOFT_BOUNCE, i, start, now);
            return;
        }
        people[i].reached();
        if (chance.within(3, shares.of(Reaction.SCAN))) {
            set(Reaction.SCAN, i, delivered(i) + SCAN, now);
        }
        double curiosity = chance.at(4);
        if (curiosity < shares.of(Reaction.OPEN)) {
            double speed = chance.at(5);
            long open = start + Math.min(span, SOONEST_OPEN) + (long) (span * speed * speed * speed);
            set(Reaction.OPEN, i, open, now);
            if (curiosity < shares.of(Reaction.CLICK)) {
                set(Reaction.CLICK, i, open + Math.min(span, (long) (300_000 * chance.at(6))), now);
            }
        }
        if (chance.within(7, shares.of(Reaction.COMPLAIN))) {
            set(Reaction.COMPLAIN, i, later(start, span, chance.at(8)), now);
        } else if (chance.within(9, shares.of(Reaction.UNSUBSCRIBE))) {
            set(Reaction.UNSUBSCRIBE, i, later(start, span, chance.at(10)), now);
        } else if (chance.within(11, shares.of(Reaction.LEAVE_TOPIC))) {
            set(Reaction.LEAVE_TOPIC, i, later(start, span, chance.at(12)), now);
        }
        if (chance.within(13, shares.of(Reaction.FORWARD))) {
            set(Reaction.FORWARD, i, later(start, span, chance.at(14)), now);
        }
        if (chance.within(15, shares.of(Reaction.AUTO_REPLY))) {
            set(Reaction.AUTO_REPLY, i, start, now);
        }
    }

    private static long later(long start, long span, double part) {
        return start + (long) (span * part);
    }

    boolean bounced(int index, long now) {
        return did(Reaction.HARD_BOUNCE, index, now) || did(Reaction.SOFT_BOUNCE, index, now);
    }

    private void set(Reaction reaction, int index, long at, long now) {
        long[] all = times.computeIfAbsent(reaction, each -> {
            long[] never = new long[people.length];
            Arrays.fill(never, NEVER);
            return never;
        });
        if (all[index] <= now) {
            return;
        }
        all[index] = at;
        boolean effective = switch (reaction) {
            case HARD_BOUNCE, SOFT_BOUNCE, UNSUBSCRIBE, LEAVE_TOPIC, COMPLAIN -> true;
            default -> false;
        };
        if (effective) {
            effects.add(new Effect(at, people[index], reaction));
        }
    }

    /** Makes one person react now; returns false for somebody to whom nothing was sent yet, or who did so already. */
    boolean happens(Reaction reaction, String email, long now) {
        if (places == null) {
            places = new HashMap<>();
            for (int i = 0; i < people.length; i++) {
                places.putIfAbsent(people[i].email(), i);
            }
        }
        Integer index = places.get(email);
        if (index == null || sent[index] > now || did(reaction, index, now)) {
            return false;
        }
        version++;
        if (reaction == Reaction.CLICK) {
            set(Reaction.OPEN, index, now, now);
        }
        set(reaction, index, now, now);
        return true;
    }

    /** Notes that a person reacted at a time of the past, which Campaigns knows already. */
    void knew(Reaction reaction, int index, long at) {
        version++;
        if (reaction == Reaction.HARD_BOUNCE) {
            times.values().forEach(all -> all[index] = NEVER);
        }
        set(reaction, index, at, Long.MIN_VALUE);
        effects.clear();
    }

    /** Stops the sending; mails that did not leave stay where they are. */
    void halt(long now) {
        version++;
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] > now) {
                sent[i] = NEVER;
                for (long[] all : times.values()) {
                    all[i] = NEVER;
                }
            }
        }
        Map<Contact, Boolean> kept = new HashMap<>();
        for (int i = 0; i < sent.length; i++) {
            kept.put(people[i], sent[i] != NEVER);
        }
        effects.removeIf(effect -> !kept.getOrDefault(effect.contact(), true));
    }

    /** Lets every mail that was to leave later have arrived by now. */
    void finish(long now) {
        version++;
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] != NEVER) {
                sent[i] = Math.min(sent[i], now - ON_ITS_WAY);
            }
        }
    }

    /** Sends the mails that were stopped. */
    void resume(long now, long takes) {
        version++;
        int left = (int) Arrays.stream(sent).filter(at -> at == NEVER).count();
        int next = 0;
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] == NEVER) {
                sent[i] = now + takes * next++ / left;
            }
        }
    }

    /** Returns when the next effect is due, or {@link #NEVER}. */
    long nextEffect() {
        return effects.isEmpty() ? NEVER : effects.peek().at();
    }

    /** Takes the next effect if it is due by then. */
    Optional<Effect> takeEffect(long now) {
        return nextEffect() <= now ? Optional.of(effects.poll()) : Optional.empty();
    }

    /** Returns those to whom nothing was sent: of everybody of the lists, or of the active members alone. */
    Stream<Contact> notSent(boolean all) {
        Stream<Contact> left =
                unsent.stream().filter(each -> all || each.active()).map(Unsent::contact);
        Stream.Builder<Contact> stopped = Stream.builder();
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] == NEVER) {
                stopped.add(people[i]);
            }
        }
        return Stream.concat(left, stopped.build());
    }
}
