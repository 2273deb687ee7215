package io.consentbridge.endtoend;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * One thing that happens in a history. Its numbers choose among the people, records, lists and syncs that are there when it
 * is played, so that a history stays playable when others of its acts are left out.
 *
 * @param kind what happens
 * @param who chooses a person
 * @param which chooses a record, a list or a sync
 * @param how chooses a word, an address form or a length of time
 */
record Act(Kind kind, int who, int which, int how) {

    /** What can happen, with how often it does beside the others. */
    enum Kind {
        CREATE(10),
        EDIT(4),
        OPT_OUT(4),
        OPT_BACK_IN(2),
        CONSENT(5),
        MOVE(3),
        SECOND(1),
        CONFIRM(1),
        DELETE(3),
        RESTORE(2),
        CONVERT(1),
        READDRESS(2),
        SWAP(1),
        LEAVE(4),
        REJOIN(2),
        IMPORT(2),
        BOUNCE(1),
        COMPLAIN(1),
        DO_NOT_MAIL(1),
        PURGE(3),
        RUN(16),
        FULL_RUN(3),
        PASS(5),
        CRM_FAILS(1),
        CAMPAIGNS_FAILS(1),
        HEAL(2),
        KILL(1),
        HIDE_FIELD(1),
        LATE(1),
        MERGE(1),
        DELETE_LIST(1),
        RENAME_LIST(1),
        OPEN_LIST(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Kind> KINDS = java.util.Arrays.stream(Kind.values())
            .flatMap(kind -> java.util.Collections.nCopies(kind.weight, kind).stream())
            .toList();

    static Act any(Random random) {
        return new Act(
                KINDS.get(random.nextInt(KINDS.size())),
                random.nextInt(1_000),
                random.nextInt(1_000),
                random.nextInt(1_000));
    }

    /** How long a {@link Kind#PASS} lasts: from seconds to more than a day. */
    Duration length() {
        return List.of(Duration.ofSeconds(2), Duration.ofMinutes(7), Duration.ofHours(3), Duration.ofHours(25))
                .get(how % 4);
    }

    @Override
    public String toString() {
        return kind + "(" + who + ", " + which + ", " + how + ")";
    }
}
