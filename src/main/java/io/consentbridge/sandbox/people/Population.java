package io.consentbridge.sandbox.people;

import java.time.Instant;

/**
 * Everybody, for one seed: half of the people are leads, two fifths contacts, the rest memberships; accounts and deals
 * belong to the contacts. Nothing is stored; each record is computed on demand.
 */
public final class Population {

    /** The modules that are filled with people, in the order in which their records' numbers are drawn. */
    public enum Group {
        LEADS("l", null),
        CONTACTS("c", LEADS),
        MEMBERSHIPS("m", CONTACTS);

        private final String letter;
        private final Group twinsOf;

        Group(String letter, Group twinsOf) {
            this.letter = letter;
            this.twinsOf = twinsOf;
        }

        String letter() {
            return letter;
        }

        Group twinsOf() {
            return twinsOf;
        }
    }

    private static final Instant NEWEST = Instant.parse("2026-07-01T00:00:00Z");

    private final long seed;
    private final int people;
    private final Times times;

    /** Creates the people of a seed; none of them was changed after {@code now}. */
    public Population(long seed, int people, Instant now) {
        this.seed = seed;
        this.people = people;
        this.times = new Times(now.isBefore(NEWEST) ? now.getEpochSecond() : NEWEST.getEpochSecond());
    }

    public int size(Group group) {
        int contacts = people * 2 / 5;
        int memberships = people / 10;
        return switch (group) {
            case LEADS -> people - contacts - memberships;
            case CONTACTS -> contacts;
            case MEMBERSHIPS -> memberships;
        };
    }

    int accounts() {
        return Math.max(1, size(Group.CONTACTS) / 8);
    }

    int deals() {
        return Math.max(1, size(Group.CONTACTS) / 4);
    }

    Times times() {
        return times;
    }

    Person person(Group group, int ordinal) {
        return new Person(this, group, dice(group.ordinal() + 1, ordinal));
    }

    Dice dice(int module, int ordinal) {
        return new Dice((seed + 1) * 0x632BE59BD9B4E019L + module * 0x9E6C63D0676A9A99L, ordinal);
    }
}
