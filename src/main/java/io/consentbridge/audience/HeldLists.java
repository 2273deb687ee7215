package io.consentbridge.audience;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists that are held: nobody is subscribed to them, because they differ from their purpose or accept nobody. Removals from
 * them go on. If waiting may help, a single person is tried after each pause, and the pauses double.
 */
public final class HeldLists {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLists.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    /** The end for a list that is not released by a pause. */
    private static final Instant WITHOUT_END = Instant.parse("9999-12-31T00:00:00Z");

    /** Why a list is held. */
    public enum Kind {
        /** It differs from its purpose; released when it matches again. */
        IDENTITY("identity"),
        /** It sent a confirmation although its purpose says that people are added at once; a run tries again. */
        CONFIRMATION("confirmation"),
        /** It refuses everybody with the same code; one person is tried again by itself. */
        REPLIES("replies"),
        /** It is locked while a campaign is in review; see {@link ListLocks}. Never stored with the list. */
        REVIEW("review");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Whether something is to be mended; a review ends by itself. */
        public boolean isFault() {
            return this != REVIEW;
        }

        private static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no such kind of held list: " + word));
        }
    }

    /**
     * A list that is held.
     *
     * @param listId row of the list
     * @param list its name
     * @param kind the kind of reason
     * @param until when one person is tried; {@link #WITHOUT_END} if only a run or a person can release it
     * @param because the reason, and what to do; without personal data
     */
    public record HeldList(long listId, String list, Kind kind, Instant until, String because) {

        /** When one person is tried by itself; empty if only a run or a person can release the list. */
        public Optional<Instant> triedAt() {
            return Optional.of(until).filter(WITHOUT_END::isAfter);
        }
    }

    private record State(HeldList list, int inARow) {}

    private static final String SEEN = "select * from mailing_list where id = :id and held_for is not null";
    private static final String LOCKED =
            "select * from mailing_list where id = :id and held_for is not null for update";

    private final Database database;
    private final InstantSource clock;
    private final Duration first;
    private final Duration most;
    private final Set<Long> held = ConcurrentHashMap.newKeySet();
    private final Map<Long, Instant> lookedAt = new ConcurrentHashMap<>();

    /**
     * @param first the pause before the first try
     * @param most the longest pause
     */
    public HeldLists(Database database, InstantSource clock, Duration first, Duration most) {
        this.database = database;
        this.clock = clock;
        this.first = first;
        this.most = most;
    }

    /**
     * Holds the list until it matches its purpose or a run tries it again, and logs that once. {@link Kind#IDENTITY} replaces
     * any other kind and is replaced by none.
     */
    public void hold(long listId, Kind kind, String because) {
        hold(listId, kind, because, Optional.empty());
    }

    /** Holds the list and lets one person be tried after a pause, which grows if the list is held already. */
    public void holdAndTry(long listId, String because) {
        hold(listId, Kind.REPLIES, because, Optional.of(clock.instant()));
    }

    private void hold(long listId, Kind kind, String because, Optional<Instant> from) {
        boolean news = database.transaction(handle -> {
            Optional<State> before = state(handle, listId, LOCKED);
            boolean flying = before.flatMap(state -> from.filter(state.list().until()::isAfter))
                    .isPresent();
            boolean graver = kind != Kind.IDENTITY
                    && before.filter(state -> state.list().kind() == Kind.IDENTITY)
                            .isPresent();
            if (flying || graver) {
                return false;
            }
            int inARow = before.map(State::inARow).orElse(0);
            handle.createUpdate("""
                            update mailing_list
                            set held_until = :until, held_for = :kind, held_because = :because, holds_in_a_row = :row
                            where id = :id
                            """)
                    .bind("until", from.map(now -> now.plus(pause(inARow))).orElse(WITHOUT_END))
                    .bind("kind", kind.word)
                    .bind("because", Columns.clip(because, 1000))
                    .bind("row", inARow + 1)
                    .bind("id", listId)
                    .execute();
            return before.isEmpty() || !before.get().list().because().equals(Columns.clip(because, 1000));
        });
        held.add(listId);
        if (news) {
            named(listId).ifPresent(name -> LOG.warn("The list \"{}\" is held: {}", name, because));
        }
    }

    private Duration pause(int before) {
        Duration pause = first;
        for (int i = 0; i < before && pause.compareTo(most) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(most) < 0 ? pause : most;
    }

    /** Releases the list if it is held for that kind of reason, and logs that once. */
    public void release(long listId, Kind kind) {
        boolean ended = database.transaction(handle -> handle.createUpdate("""
                        update mailing_list
                        set held_until = null, held_for = null, held_because = null, holds_in_a_row = 0
                        where id = :id and held_for = :kind
                        """)
                        .bind("id", listId)
                        .bind("kind", kind.word)
                        .execute()
                == 1);
        if (ended) {
            named(listId).ifPresent(name -> LOG.info("The list \"{}\" is no longer held", name));
        }
    }

    /** Whether nobody may be subscribed to the list now; needs no query if this process does not know it as held. */
    public boolean isHeld(long listId) {
        if (!held.contains(listId)) {
            return false;
        }
        Optional<HeldList> hold = of(listId);
        if (hold.isEmpty()) {
            held.remove(listId);
        }
        return hold.filter(now -> now.until().isAfter(clock.instant())).isPresent();
    }

    /**
     * Releases the list after somebody was subscribed, unless it is held for {@link Kind#IDENTITY}. If this process does not
     * know the list as held, it queries at most once a minute, since another process may hold it.
     */
    public void succeeded(long listId) {
        Instant now = clock.instant();
        Instant last = lookedAt.getOrDefault(listId, Instant.MIN);
        if (!held.remove(listId) && last.isAfter(now.minus(LOOK))) {
            return;
        }
        lookedAt.put(listId, now);
        of(listId).map(HeldList::kind).filter(kind -> kind != Kind.IDENTITY).ifPresent(kind -> release(listId, kind));
    }

    /** Lets one person be tried at once on a list that only a run releases. */
    public void tryAgain(long listId) {
        database.change(handle -> handle.createUpdate("""
                        update mailing_list set held_until = :now where id = :id and held_for = 'confirmation'
                        """)
                .bind("now", clock.instant())
                .bind("id", listId)
                .execute());
    }

    /** A list if it is held, also while one person is tried. */
    public Optional<HeldList> of(long listId) {
        return database.query(handle -> state(handle, listId, SEEN).map(State::list));
    }

    /** Every list of the connection that is held, by name; after them those that are only locked while a campaign is in review. */
    public List<HeldList> of(String connection) {
        return database.query(handle -> {
            List<HeldList> all = new ArrayList<>(handle.createQuery(
                            "select * from mailing_list where connection = :connection and held_for is not null order by name")
                    .bind("connection", connection)
                    .map(HeldLists::row)
                    .map(State::list)
                    .list());
            for (ListLocks.Lock lock : ListLocks.of(handle, connection)) {
                if (all.stream().noneMatch(known -> known.listId() == lock.listId())) {
                    all.add(new HeldList(lock.listId(), lock.list(), Kind.REVIEW, WITHOUT_END, lock.because()));
                }
            }
            return List.copyOf(all);
        });
    }

    private Optional<String> named(long listId) {
        return database.query(handle -> handle.createQuery("select name from mailing_list where id = :id")
                .bind("id", listId)
                .mapTo(String.class)
                .findOne());
    }

    private static Optional<State> state(Handle handle, long listId, String statement) {
        return handle.createQuery(statement)
                .bind("id", listId)
                .map(HeldLists::row)
                .findOne();
    }

    private static State row(ResultSet row, StatementContext context) throws SQLException {
        return new State(
                new HeldList(
                        row.getLong("id"),
                        row.getString("name"),
                        Kind.of(row.getString("held_for")),
                        Columns.instant(row, "held_until"),
                        row.getString("held_because")),
                row.getInt("holds_in_a_row"));
    }
}
