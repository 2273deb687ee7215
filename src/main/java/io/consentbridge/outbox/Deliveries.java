package io.consentbridge.outbox;

import io.consentbridge.audience.ListIdentity;
import io.consentbridge.audience.ListWatch;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ContactCall;
import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.campaigns.ContactReply;
import io.consentbridge.campaigns.ListGone;
import io.consentbridge.campaigns.MailingList;
import io.consentbridge.campaigns.TopicIds;
import io.consentbridge.campaigns.Topics;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.sync.Outcome;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Connections;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.Traced;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The steps of the delivery routes: claim, prepare the call, read the reply, park, settle. Bound as {@code deliveries}. */
public final class Deliveries {

    static final String VARIABLE = "delivery";

    /** The exchange variable with the word of a delivery's action, by which the router sends it. */
    public static final String ACTION = "action";

    /** The exchange variable with the ids of the runs that a batch belonged to. */
    public static final String TOUCHED_RUNS = "touchedRuns";

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final DeliveryPoller claims;
    private final Outbox outbox;
    private final MailingLists lists;
    private final CampaignsLists campaigns;
    private final Topics topics;
    private final Connections connections;
    private final ListWatch watch;
    private final DeliveryFailures failures;
    private final DeletedLists deletedLists;
    private final PutBack putBack;
    private final OtherSpellings otherSpellings;
    private final InHand inHand;
    private final SettlingRuns settling;
    /** What could not be settled because the database was away. */
    private final Queue<List<Settlement>> late = new ConcurrentLinkedQueue<>();

    /** @param settling is told which runs may not end yet */
    public Deliveries(
            DeliveryPoller claims,
            Outbox outbox,
            MailingLists lists,
            CampaignsLists campaigns,
            Topics topics,
            Connections connections,
            ListWatch watch,
            DeliveryFailures failures,
            DeletedLists deletedLists,
            PutBack putBack,
            OtherSpellings otherSpellings,
            ContactPermits permits,
            SettlingRuns settling) {
        this.claims = claims;
        this.outbox = outbox;
        this.lists = lists;
        this.campaigns = campaigns;
        this.topics = topics;
        this.connections = connections;
        this.watch = watch;
        this.failures = failures;
        this.deletedLists = deletedLists;
        this.putBack = putBack;
        this.otherSpellings = otherSpellings;
        this.inHand = new InHand(permits);
        this.settling = settling;
    }

    /**
     * The batches that may be in flight beside those that are, numbered from 1: {@code delivery.batches} less the ones that
     * other ticks have in flight.
     */
    public List<Integer> free() {
        return IntStream.rangeClosed(1, claims.free()).boxed().toList();
    }

    /**
     * Batches of claimed deliveries, each reserved with the quota governor, until nothing more is due. None if
     * {@code delivery.batches} such iterations are under way. What the route has not settled when it ends, in whatever way, is
     * settled then, or before the next claim where the database is away; only where the process ends, claims end with their
     * lease.
     */
    public Iterator<Message> claim(Exchange exchange) {
        settleLate();
        Optional<BatchesInFlight.Place> place = claims.takePlace();
        BatchWalk walk = new BatchWalk(
                () -> place.map(claims::claim).orElse(List.of()), inHand, failures::now, exchange.getMessage());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange ended) {
                try {
                    settleRest(walk, ended);
                } finally {
                    place.ifPresent(claims::leavePlace);
                }
            }
        });
        return Failures.guarded(walk);
    }

    private void settleRest(BatchWalk walk, Exchange ended) {
        Throwable cause = Failures.told(
                ended.getException() == null
                        ? ended.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class)
                        : ended.getException());
        if (claims.isStopped() || cause instanceof Error) {
            return;
        }
        try {
            List<Delivery> rest = walk.unsettled();
            if (rest.isEmpty()) {
                return;
            }
            if (DatabaseFault.away(cause)) {
                late.add(
                        rest.stream().map(delivery -> released(delivery, cause)).toList());
            } else {
                Throwable why = cause == null ? BatchWalk.lost() : cause;
                LOG.error("{} deliveries are settled outside the route: {}", rest.size(), Failures.text(why));
                keep(rest.stream().map(delivery -> ended(delivery, why)).toList());
            }
        } catch (RuntimeException failure) {
            interrupted(failure);
        }
    }

    private Settlement released(Delivery delivery, Throwable away) {
        boolean left = inHand.stop(delivery);
        return inHand.madeOf(delivery).orElseGet(() -> new Settlement.Released(delivery, Failures.text(away), left));
    }

    private void settleLate() {
        for (List<Settlement> batch = late.poll(); batch != null; batch = late.poll()) {
            try {
                keep(batch);
            } catch (RuntimeException failure) {
                if (DatabaseFault.away(failure)) {
                    late.add(batch);
                }
                throw failure;
            }
        }
    }

    private Settlement ended(Delivery delivery, Throwable why) {
        boolean left = inHand.stop(delivery);
        return inHand.madeOf(delivery).orElseGet(() -> failures.lost(delivery, why, left));
    }

    /**
     * Turns the claimed delivery in the body into the call; creates its list first when Campaigns does not have it, and takes
     * somebody who leaves off under the other spellings of the address that Campaigns lists.
     *
     * @throws ZohoFault.Rejected without a call when another delivery has just learnt that the list is gone
     * @throws Halted without a call when a hold or a lock has begun since it was claimed
     * @throws ConsentBreach when it was not claimed by this process
     * @throws MissingTopics when a topic is gone, without which nobody would be mailed
     */
    public ContactCall prepare(Exchange exchange) {
        Delivery delivery = inHand.require(exchange.getMessage().getBody(Delivery.class));
        Connection connection = connections.named(delivery.connection());
        // An edited route can replace the variable; the property keeps the delivery that was claimed.
        exchange.setVariable(VARIABLE, delivery);
        exchange.setProperty(VARIABLE, delivery);
        exchange.setVariable(ACTION, delivery.action().word());
        exchange.setVariable(ZohoSeams.CONNECTION, connection);
        exchange.setVariable(DeliveryFailures.STARTED, failures.now());
        failures.requireFree(delivery);
        deletedLists.requireThere(delivery);
        String listKey = delivery.action() == Action.DO_NOT_MAIL ? null : listKey(connection, delivery);
        otherSpellings.leave(connection, delivery, listKey);
        ContactCall call = new ContactCall(
                delivery.runId(),
                listKey,
                delivery.content().contactInfo(),
                topicIds(connection, delivery),
                delivery.content().source(),
                delivery.updatedAs().orElse(null));
        return inHand.permit(connection, delivery, call);
    }

    /**
     * The settlement of a delivery by Campaigns' reply.
     *
     * @throws ConsentBreach when its call did not leave, or that is not the reply to it
     */
    public Settlement read(Exchange exchange) {
        Delivery delivery = inHand.require(exchange.getProperty(VARIABLE, Delivery.class));
        if (delivery != exchange.getVariable(VARIABLE)) {
            throw new ConsentBreach("the reply to one delivery is read for another");
        }
        return inHand.made(read(inHand.reply(delivery, exchange.getMessage().getBody()), delivery, exchange));
    }

    private Settlement read(ContactReply reply, Delivery delivery, Exchange exchange) {
        if (reply instanceof ContactReply.Unrecognised unknown) {
            // It may be a topic that is gone; the next one is sent by what Campaigns has then.
            topics.forget(connections.named(delivery.connection()));
            return failures.unrecognised(exchange, delivery, unknown);
        }
        if (reply instanceof ContactReply.Refused refused) {
            return failures.refused(exchange, delivery, refused);
        }
        // A draft to a list that asks says so itself: the text of the reply may be in any language.
        if (reply instanceof ContactReply.ConfirmationSent) {
            failures.confirmationSent(delivery);
            return new Settlement.Delivered(delivery, new Outcome.Ignored(IgnoreReason.CONSENT_REQUESTED));
        }
        failures.succeeded(delivery);
        return new Settlement.Delivered(delivery, delivery.onSuccess());
    }

    /**
     * The settlement of a delivery after a failure: parked, postponed, given back if the cause is not its own, or done if its list is gone.
     *
     * @param caught the failure of the last try; Camel's own annotation for failures would give that of an earlier one
     */
    public Settlement park(Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable caught) {
        Throwable cause = caught == null ? BatchWalk.lost() : Failures.told(caught);
        Delivery delivery = inHand.require(exchange.getProperty(VARIABLE, Delivery.class));
        if (cause instanceof ConsentBreach && inHand.left(delivery)) {
            DeliveryFailures.disturbed(exchange);
        }
        return inHand.made(failures.settle(exchange, delivery, cause));
    }

    /**
     * Settles a batch in one transaction; the body becomes its events, and {@link #TOUCHED_RUNS} is set.
     *
     * @throws ConsentBreach if the body contains anything but settlements of claimed deliveries
     */
    public List<DeliveryEvent> settle(Exchange exchange) {
        List<Settlement> batch = inHand.requireMade(exchange.getMessage().getBody());
        keep(batch);
        exchange.setVariable(
                TOUCHED_RUNS,
                batch.stream()
                        .map(settlement -> settlement.delivery().runId())
                        .distinct()
                        .toList());
        return batch.stream().map(DeliveryEvent::of).toList();
    }

    private void keep(List<Settlement> batch) {
        Set<String> runs =
                batch.stream().map(settlement -> settlement.delivery().runId()).collect(Collectors.toSet());
        settling.begin(runs);
        try {
            outbox.settle(batch);
            inHand.settled(batch);
            deletedLists.takeAlong(batch);
            putBack.readBack(batch);
        } finally {
            settling.end(runs);
        }
    }

    /** Reports why delivering stopped; what was claimed is settled or given back when the route ends. */
    public void interrupted(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable cause) {
        Level level = DatabaseFault.away(Failures.unwrapped(cause)) ? Level.DEBUG : Level.ERROR;
        LOG.atLevel(level).log("Delivering was interrupted: {}", Failures.text(cause));
        LOG.debug("Delivering was interrupted", Traced.of(cause));
    }

    private List<String> topicIds(Connection connection, Delivery delivery) {
        TopicIds ids =
                topics.find(connection, delivery.runId(), delivery.content().topics());
        if (!ids.missing().isEmpty()) {
            topics.forget(connection);
            throw new MissingTopics(ids.missing());
        }
        return ids.ids();
    }

    // A list that was made just now has nobody who left it. Of one that is found, it is read
    // first what it is and who did.
    private String listKey(Connection connection, Delivery delivery) {
        if (delivery.listKey().isPresent()) {
            return delivery.listKey().get();
        }
        if (delivery.action() != Action.SUBSCRIBE) {
            // A list is made with its first member, who must not be somebody who leaves.
            Optional<String> there =
                    watch.findToLeave(connection, delivery.runId(), delivery.listId(), delivery.listName());
            failures.prepared(delivery, CampaignsLists.FIND);
            return there.orElseThrow(() -> new NobodyThere(delivery.listName()));
        }
        Optional<MailingList> made = delivery.createAs()
                .flatMap(form -> campaigns.create(
                        connection,
                        delivery.runId(),
                        delivery.listName(),
                        form,
                        delivery.person().address()));
        String key = made.map(MailingList::key).orElseGet(() -> find(connection, delivery));
        lists.found(delivery.listId(), key);
        if (made.isEmpty()) {
            throw new UnreadList(delivery.listName());
        }
        return key;
    }

    private String find(Connection connection, Delivery delivery) {
        ListIdentity identity = watch.find(connection, delivery.runId(), delivery.listId());
        if (identity instanceof ListIdentity.Mismatch mismatch) {
            throw new Halted(mismatch.text());
        }
        if (identity instanceof ListIdentity.Found found) {
            return found.key();
        }
        String name = delivery.listName();
        throw delivery.createAs().isPresent()
                ? new ZohoFault.Transient(
                        connection.name() + ": the mailing list " + name + " was created but is not visible yet", null)
                : new ZohoFault.Rejected(
                        ListGone.NO_LIST,
                        "Campaigns has no mailing list \"" + name
                                + "\", and the purpose does not say createList: true");
    }
}
