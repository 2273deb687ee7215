package io.consentbridge.audience;

import io.consentbridge.config.Settings;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The people who must not be mailed. A person may be suppressed by several origins at once and is free when none is left.
 *
 * <p>A full reading of those who left a list is {@link #beginReading}, any number of {@link #listed}, {@link
 * #finishReading}. Its suppressions stay if people are not listed the next time: a purge, a removal or a deletion in
 * Campaigns, or a list that is created anew, ends no refusal. Only {@link #cameBack} does.
 */
public final class Suppressions {

    /** The gravest first: what no sync can change, then the person's own refusals, then the rules. */
    private static final List<IgnoreReason> GRAVITY = List.of(
            IgnoreReason.DO_NOT_MAIL,
            IgnoreReason.OPTED_OUT,
            IgnoreReason.BLOCKED,
            IgnoreReason.BOUNCED,
            IgnoreReason.CONSENT_WITHHELD,
            IgnoreReason.CONSENT_REQUESTED);

    private static final Comparator<Suppression> ORDER = Comparator.<Suppression>comparingInt(
                    suppression -> gravity(suppression.reason()))
            .thenComparing(Suppression::origin)
            .thenComparingLong(Suppression::listId)
            .thenComparing(Suppression::connection);

    private final Database database;
    private final InstantSource clock;
    private final BiFunction<String, String, Set<Purpose>> purposes;
    private final RefusalListener listener;

    public Suppressions(Database database, InstantSource clock) {
        this(database, clock, (connection, list) -> Set.of(), RefusalListener.NONE);
    }

    /**
     * @param purposes what the people of a list are mailed for, by the names of connection and list; is not called within a
     *     transaction
     * @param listener is told of people who refuse mail in Campaigns
     */
    public Suppressions(
            Database database,
            InstantSource clock,
            BiFunction<String, String, Set<Purpose>> purposes,
            RefusalListener listener) {
        this.database = database;
        this.clock = clock;
        this.purposes = purposes;
        this.listener = listener;
    }

    /**
     * The suppressions of these people on that list: those of the list and of the whole connection, the gravest reason first
     * and otherwise by their origins. People who may be mailed are absent.
     */
    public Map<Person, List<Suppression>> of(String connection, long listId, Collection<Person> people) {
        return database.query(handle -> of(handle, connection, listId, PersonNumbers.known(handle, people)));
    }

    /**
     * {@link #of(String, long, Collection)} within the caller's transaction. A refusal at a former address is included, with
     * the origin {@link Suppression#FORMER_ADDRESS}, one at a second address of a record with {@link
     * Suppression#SECOND_ADDRESS}, and one on another list of the same purpose with {@link Suppression#OTHER_LIST}.
     */
    public Map<Person, List<Suppression>> of(Handle handle, String connection, long listId, PersonNumbers people) {
        ListFamily family = ListFamily.of(handle, listId);
        Stream<Suppression> former = FormerAddresses.against(handle, connection, people.all()).stream()
                .filter(against -> family.counts(against.listId()))
                .map(against -> against.suppression(connection, people.person(against.personId())));
        Stream<Suppression> elsewhere = family.elsewhere(handle, connection, people.all()).stream()
                .map(against -> new Suppression(
                        connection,
                        people.person(against.personId()),
                        listId,
                        Suppression.OTHER_LIST,
                        against.reason(),
                        against.since()));
        return Stream.of(own(handle, connection, listId, people), former, elsewhere)
                .flatMap(each -> each)
                .sorted(ORDER)
                .collect(Collectors.groupingBy(Suppression::person, LinkedHashMap::new, Collectors.toList()));
    }

    private static Stream<Suppression> own(Handle handle, String connection, long listId, PersonNumbers people) {
        return handle
                .createQuery("""
                        select s.connection, s.person_id, s.list_id, s.origin, s.reason, s.since
                        from unnest(:people) as wanted (id)
                        join suppression s
                          on s.person_id = wanted.id and s.connection = :connection and s.list_id in (0, :list)
                        where s.person_id is not null
                        """)
                .bind("connection", connection)
                .bindArray("people", Long.class, people.all())
                .bind("list", listId)
                .map((row, context) -> row(row, people.person(row.getLong("person_id"))))
                .list()
                .stream();
    }

    /** Every suppression of a person, on every connection and list; for explanations. */
    public List<Suppression> of(Person person) {
        return database.query(handle -> of(handle, person));
    }

    /** {@link #of(Person)} within the caller's transaction. */
    public List<Suppression> of(Handle handle, Person person) {
        return handle.createQuery("""
                        select s.connection, s.list_id, s.origin, s.reason, s.since
                        from person p join suppression s on s.person_id = p.id where p.address = :person
                        """).bind("person", person.address()).map((row, context) -> row(row, person)).stream()
                .sorted(ORDER)
                .toList();
    }

    /**
     * {@link #of(Handle, Person)}, and the refusals of the person at a former or a second address, on every connection; the
     * gravest first.
     */
    public List<Suppression> anywhere(Handle handle, Person person) {
        List<Long> number = PersonNumbers.known(handle, List.of(person)).all();
        Stream<Suppression> elsewhere = FormerAddresses.connections(handle, number).stream()
                .flatMap(connection -> FormerAddresses.against(handle, connection, number).stream()
                        .map(against -> against.suppression(connection, person)));
        return Stream.concat(of(handle, person).stream(), elsewhere)
                .sorted(ORDER)
                .toList();
    }

    /** Ends these suppressions of one person, within the caller's transaction. */
    public void remove(Handle handle, Collection<Suppression> ended) {
        SuppressionRows.remove(handle, ended);
    }

    /** Adds each, or gives the row of the same person, list and origin a new reason; {@code since} stays then. */
    public void add(Collection<Suppression> suppressions) {
        Batches.of(suppressions).forEach(piece -> database.change(handle -> add(handle, piece)));
    }

    /** {@link #add(Collection)} within the caller's transaction. */
    public void add(Handle handle, Collection<Suppression> suppressions) {
        SuppressionRows.write(handle, suppressions, null);
    }

    /**
     * Adds, within the caller's transaction, what replies of Campaigns to deliveries say. People who complained, or who are in
     * the Do-Not-Mail registry, refuse every purpose of the connection; an address that bounced or is blocked refuses nothing.
     * Each suppression that was not known is an event of the ledger.
     */
    public void replied(Handle handle, Collection<Suppression> said) {
        List<Suppression> news = SuppressionRows.write(handle, said, null);
        said.stream()
                .filter(one -> one.reason() == IgnoreReason.OPTED_OUT || one.reason() == IgnoreReason.DO_NOT_MAIL)
                .sorted(Comparator.comparing(one -> one.person().address()))
                .forEach(one -> listener.refused(
                        handle, one.connection(), Optional.empty(), List.of(one.person()), one.since()));
        SuppressedEvents.replied(handle, news);
    }

    /** Adds, within the caller's transaction, people whom this product moved to the Do-Not-Mail registry, with an event of each. */
    public void barred(Handle handle, Collection<Suppression> moved) {
        SuppressedEvents.barred(handle, SuppressionRows.write(handle, moved, null));
    }

    /**
     * Replaces, within the caller's transaction, what these origins say. An unchanged suppression keeps its {@code since},
     * and what a later modification of the same record said stays: pages may be stored in another order than they were read.
     *
     * @param origins all origins, with the modification of the CRM record that they have read; those without a suppression
     *     no longer suppress anybody
     */
    public void replace(
            Handle handle, String connection, Map<String, Instant> origins, Collection<Suppression> suppressions) {
        SuppressionRows.replace(handle, connection, origins, suppressions);
    }

    /** The origins among these that suppress anybody on the connection, within the caller's transaction. */
    public Set<String> speaking(Handle handle, String connection, Collection<String> origins) {
        return SuppressionRows.speaking(handle, connection, origins);
    }

    /** Begins a reading of a list, of its unsubscribed, bounced and active members; the returned instant identifies it. */
    public Instant beginReading() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Records that Campaigns listed these people as gone, for that reason: they count as no longer on the list, so that they
     * are not unsubscribed. Those who unsubscribed, and whom the product did not take off, refuse the purposes of the list; those
     * whose address bounced do not. May be repeated; any number of people.
     */
    public void listed(long listId, Instant reading, IgnoreReason reason, Collection<Person> people) {
        if (people.isEmpty()) {
            return;
        }
        Place list = database.query(handle -> place(handle, listId));
        Set<Purpose> served = purposes.apply(list.connection(), list.name());
        for (List<Person> all : Batches.of(people)) {
            database.change(handle -> {
                Instant now = clock.instant();
                List<Person> piece = Members.notPutBackSince(handle, listId, reading, all);
                List<Suppression> rows = piece.stream()
                        .map(person ->
                                new Suppression(list.connection(), person, listId, Suppression.CAMPAIGNS, reason, now))
                        .toList();
                List<Suppression> news = SuppressionRows.write(handle, rows, reading);
                Members.gone(handle, listId, PersonNumbers.known(handle, piece).all());
                if (reason == IgnoreReason.OPTED_OUT) {
                    List<Person> refusing = Members.notTakenOff(handle, listId, piece);
                    served.stream()
                            .map(Purpose::name)
                            .distinct()
                            .sorted()
                            .forEach(purpose ->
                                    listener.refused(handle, list.connection(), Optional.of(purpose), refusing, now));
                }
                SuppressedEvents.left(handle, listId, served, news);
            });
        }
    }

    private record Place(String connection, String name) {}

    private static Place place(Handle handle, long listId) {
        return handle.createQuery("select connection, name from mailing_list where id = :list")
                .bind("list", listId)
                .map((row, context) -> new Place(row.getString("connection"), row.getString("name")))
                .one();
    }

    /** Ends a full reading: the list's refusals count as read. Earlier suppressions stay. */
    public void finishReading(long listId, Instant reading) {
        database.change(handle -> handle.createUpdate("""
                        update mailing_list set refusals_read_at = :reading
                        where id = :list and (refusals_read_at is null or refusals_read_at < :reading)
                        """)
                .bind("reading", reading)
                .bind("list", listId)
                .execute());
    }

    /**
     * Campaigns lists these people as active. Those of them who had left the list, or bounced, are free on it again when
     * they came back without our doing:
     *
     * <ul>
     *   <li>they are not listed as gone in the same look: the refusal wins;
     *   <li>since they were last listed as gone, no subscription of ours reached Campaigns, or may have, or is under way;
     *   <li>it was them, as far as {@code rejoin} wants to know. When it was we who had taken them off without a refusal of
     *       theirs, it does not matter who brought them back.
     * </ul>
     *
     * @param reading the look, which has read who left to the end
     * @param before the last look before this one that read everybody who is active; empty for none. Who was not listed by
     *     it at all had vanished from the list, and Campaigns has forgotten that they left
     * @return how many are free now
     */
    public int cameBack(
            long listId, Instant reading, Optional<Instant> before, Settings.Rejoin rejoin, Collection<Person> people) {
        int freed = 0;
        for (List<Person> piece : Batches.of(people)) {
            freed += database.transaction(
                    handle -> cameBack(handle, listId, reading, before, rejoin, PersonNumbers.known(handle, piece)));
        }
        return freed;
    }

    private static int cameBack(
            Handle handle,
            long listId,
            Instant reading,
            Optional<Instant> before,
            Settings.Rejoin rejoin,
            PersonNumbers people) {
        List<Long> free = handle.createQuery("""
                        select s.person_id
                        from unnest(:people) as wanted (id)
                        join mailing_list l on l.id = :list
                        join suppression s
                          on s.person_id = wanted.id and s.connection = l.connection and s.list_id = l.id
                          and s.origin = 'campaigns'
                        left join list_member m on m.list_id = s.list_id and m.person_id = s.person_id
                        where s.seen_at < :reading
                          and (m.subscribed_at is null or m.subscribed_at < s.seen_at)
                          and (m.left_at is null or m.left_at < :believed)
                          and (coalesce(m.taken_off, false) or :anybody or :person and s.seen_at >= :before)
                          and not exists (
                            select 1 from delivery d
                            where d.person_id = s.person_id and d.list_id = s.list_id and d.action = 'subscribe'
                              and d.claimed_by is not null)
                        """)
                .bindArray("people", Long.class, people.all())
                .bind("list", listId)
                .bind("reading", reading)
                .bind("believed", MemberReading.believed(reading))
                .bind("anybody", rejoin == Settings.Rejoin.ANYBODY)
                .bind("person", rejoin == Settings.Rejoin.PERSON && before.isPresent())
                .bind("before", before.orElse(reading))
                .mapTo(Long.class)
                .list();
        if (!free.isEmpty()) {
            Members.joined(handle, listId, free);
            handle.createUpdate("""
                            delete from suppression
                            where person_id = any(:people) and list_id = :list and origin = 'campaigns'
                              and seen_at < :reading
                            """)
                    .bindArray("people", Long.class, free)
                    .bind("list", listId)
                    .bind("reading", reading)
                    .execute();
        }
        return free.size();
    }

    public static int gravity(IgnoreReason reason) {
        int rank = GRAVITY.indexOf(reason);
        return rank < 0 ? GRAVITY.size() + reason.ordinal() : rank;
    }

    /** The words of the reasons that a row keeps if this one is learnt too: all that are not listed weigh alike. */
    static List<String> graverThan(IgnoreReason reason) {
        return Arrays.stream(IgnoreReason.values())
                .filter(kept -> Math.min(gravity(kept), GRAVITY.size()) < gravity(reason))
                .map(IgnoreReason::word)
                .toList();
    }

    private static Suppression row(ResultSet row, Person person) throws SQLException {
        return new Suppression(
                row.getString("connection"),
                person,
                row.getLong("list_id"),
                row.getString("origin"),
                IgnoreReason.of(row.getString("reason")),
                Columns.instant(row, "since"));
    }
}
