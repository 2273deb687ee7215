package io.consentbridge.lifecycle;

import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.config.Configuration;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.ListReader;
import io.consentbridge.outbox.RefusingMembers;
import io.consentbridge.outbox.RefusingMembers.RefusingMember;
import io.consentbridge.polling.BetweenRuns;
import io.consentbridge.polling.BetweenRuns.Target;
import io.consentbridge.run.ReadingStopped;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all members of lists of active syncs that nobody has read completely for a day, so that membership is also up to
 * date on lists of syncs that seldom run. Members with a known refusal leave as the syncs' {@code optedOut} says. A daily
 * reading is not a run, and no limit counts it. Bound as {@code dailyReading}.
 */
public final class DailyReading {

    private static final Logger LOG = LoggerFactory.getLogger(DailyReading.class);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_REST = Duration.ofHours(1);
    private static final int PAGE = 500;

    private final Supplier<Configuration> configuration;
    private final ServedLists served;
    private final MailingLists lists;
    private final ListReader reader;
    private final RefusingMembers refusing;
    private final BetweenRuns pages;
    private final ConnectionBackoff backoff;
    private final SweepTurns shared;
    private final InstantSource clock;
    private final SweepRests rests;
    private final Lock busy = new ReentrantLock();

    /**
     * @param configuration the current configuration
     * @param served the lists, and where people leave
     * @param pages stores who leaves
     * @param shared decides which process reads the lists of a connection
     */
    public DailyReading(
            Supplier<Configuration> configuration,
            ServedLists served,
            MailingLists lists,
            ListReader reader,
            RefusingMembers refusing,
            BetweenRuns pages,
            ConnectionBackoff backoff,
            SweepTurns shared,
            InstantSource clock) {
        this.configuration = configuration;
        this.served = served;
        this.lists = lists;
        this.reader = reader;
        this.refusing = refusing;
        this.pages = pages;
        this.backoff = backoff;
        this.shared = shared;
        this.clock = clock;
        this.rests = new SweepRests(clock, LONGEST_REST);
    }

    /**
     * Returns the connections with lists that are due to be read, or that were read but not yet compared with known
     * refusals.
     */
    public List<Connection> due() {
        return configuration.get().settings().connections().values().stream()
                .filter(connection -> backoff.current(connection.name()).isEmpty())
                .filter(this::isDue)
                .toList();
    }

    private boolean isDue(Connection connection) {
        Set<Long> open = lists.of(connection.name()).stream()
                .filter(this::isOld)
                .filter(list -> !isResting(connection.name()) && !isResting(name(list)))
                .map(MailingList::id)
                .collect(Collectors.toSet());
        open.addAll(lists.toCompare(connection.name()));
        return !open.isEmpty()
                && served.quiet(connection).keySet().stream()
                        .map(MailingList::id)
                        .anyMatch(open::contains);
    }

    /**
     * Reads the due lists of the connection, and creates removals for members who refuse; does nothing while another process
     * reads them.
     */
    public void read(@Body Connection connection) {
        String turn = "lists of " + connection.name();
        if (!busy.tryLock()) {
            return;
        }
        try {
            if (shared.take(turn)) {
                Map<MailingList, List<String>> quiet = served.quiet(connection);
                readOld(connection, quiet, turn);
                compare(connection, quiet.keySet(), turn);
            }
        } catch (ReadingStopped | ZohoFault.Stopped ends) {
            LOG.debug("{}: reading lists between runs stopped: {}", connection.name(), ends.getMessage());
        } finally {
            shared.giveBack(turn);
            busy.unlock();
        }
    }

    private void readOld(Connection connection, Map<MailingList, List<String>> quiet, String turn) {
        List<MailingList> old = quiet.keySet().stream()
                .filter(this::isOld)
                .filter(list -> !isResting(connection.name()) && !isResting(name(list)))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        try {
            reader.identify(connection, old, DAY);
            for (MailingList list : old) {
                requireTurn(turn);
                // The current state counts: a run may have read the list in the meantime.
                Optional<MailingList> now = lists.find(list.id()).filter(this::isOld);
                now.ifPresent(still -> told(still, quiet.get(list), reader.members(connection, still)));
            }
        } catch (ZohoFault.Stopped ends) {
            throw ends;
        } catch (ZohoFault fault) {
            if (rests.failed(connection.name(), configuration.get(), LONGEST_REST)) {
                LOG.warn(
                        "{}: the members of its lists cannot be read between runs; this is retried: {}",
                        connection.name(),
                        fault.getMessage());
            }
            return;
        }
        if (rests.succeeded(connection.name())) {
            LOG.info("{}: the members of its lists can be read again", connection.name());
        }
    }

    private void told(MailingList list, List<String> syncs, Optional<ListReader.Unread> unread) {
        if (unread.isEmpty()) {
            if (rests.succeeded(name(list))) {
                LOG.info("{}: the members of the list \"{}\" can be read again", list.connection(), list.name());
            }
        } else if (unread.get().gone()) {
            LOG.warn(
                    "{}: Campaigns no longer has the mailing list \"{}\". If the purpose says createList: true,"
                            + " the next run of {} creates it with everybody who may be mailed. Otherwise create"
                            + " a list of that name in Campaigns first",
                    list.connection(),
                    list.name(),
                    String.join(", ", syncs));
        } else if (rests.failed(name(list), configuration.get(), LONGEST_REST)) {
            LOG.warn(
                    "{}: the members of the list \"{}\" cannot be read between runs; this is retried: {}",
                    list.connection(),
                    list.name(),
                    unread.get().because());
        }
    }

    // This includes what a run read, because that run may have failed before it compared.
    private void compare(Connection connection, Set<MailingList> quiet, String turn) {
        Set<Long> open = lists.toCompare(connection.name());
        Map<Long, Target> targets =
                served.targets(connection).stream().collect(Collectors.toMap(Target::listId, Function.identity()));
        int leave = 0;
        for (MailingList list : quiet) {
            if (open.contains(list.id())) {
                MailingList now = lists.find(list.id()).orElseThrow();
                if (targets.containsKey(list.id())) {
                    leave += expel(connection.name(), targets.get(list.id()), turn);
                }
                now.membersReadAt().ifPresent(reading -> lists.compared(list.id(), reading));
            }
        }
        if (leave > 0) {
            LOG.info("{}: removals because of refusals found between runs: {}", connection.name(), leave);
        }
    }

    private int expel(String connection, Target target, String turn) {
        return expel(target, turn, after -> refusing.of(connection, target.listId(), after, PAGE))
                + expel(
                        target,
                        turn,
                        after -> refusing.byFormerAddress(connection, target.listId(), after, PAGE, target.seconds()));
    }

    private int expel(Target target, String turn, Function<Long, List<RefusingMember>> pageAfter) {
        int leave = 0;
        List<RefusingMember> page = pageAfter.apply(0L);
        while (!page.isEmpty()) {
            requireTurn(turn);
            leave += pages.expel(target, page);
            page = pageAfter.apply(page.get(page.size() - 1).number());
        }
        return leave;
    }

    private void requireTurn(String turn) {
        if (!shared.take(turn)) {
            throw new ReadingStopped();
        }
    }

    private boolean isOld(MailingList list) {
        return list.key().isPresent()
                && list.membersReadAt()
                        .filter(at -> at.plus(DAY).isAfter(clock.instant()))
                        .isEmpty();
    }

    private boolean isResting(String name) {
        return rests.isResting(name, configuration.get());
    }

    private static String name(MailingList list) {
        return "list " + list.id();
    }
}
