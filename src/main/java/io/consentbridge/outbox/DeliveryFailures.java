package io.consentbridge.outbox;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.campaigns.ContactReply;
import io.consentbridge.campaigns.ListGone;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.sync.Outcome;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes a poisoned delivery from an outage and from a list that accepts nobody. An outage counts against no
 * delivery: while Zoho is out of reach the connection backs off, and while a list answers everybody with the same code the
 * list is held; either ends the batch. A poisoned delivery is tried again a few times and then parked.
 */
public final class DeliveryFailures {

    /** The exchange variable that holds when a delivery's first try began. */
    static final String STARTED = "started";

    private static final String DISTURBED = "disturbed";

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryFailures.class);
    // The failures of its own after which a delivery is parked.
    private static final int MOST_ROUNDS = 3;
    // The number of failures with one code, without a success between them, that is no coincidence.
    private static final int ALIKE = 3;
    // Where the reply says in words that it is the person, several in a row can be: a company that closed.
    private static final int ALIKE_BY_WORDS = ListReplies.MOST;
    // How long a success shows that the list takes people.
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final QuotaGovernor quota;
    private final ConnectionBackoff backoff;
    private final MailingLists lists;
    private final HeldLists heldLists;
    private final DeletedLists gone;
    private final OutboxQueries outbox;
    private final Reach reach;
    private final InstantSource clock;
    private final ListReplies replies = new ListReplies();
    private final MethodLocks locks;
    private final OutageSigns outage;

    public DeliveryFailures(
            QuotaGovernor quota,
            ConnectionBackoff backoff,
            MailingLists lists,
            HeldLists heldLists,
            DeletedLists gone,
            OutboxQueries outbox,
            Reach reach,
            InstantSource clock) {
        this.quota = quota;
        this.backoff = backoff;
        this.lists = lists;
        this.heldLists = heldLists;
        this.gone = gone;
        this.outbox = outbox;
        this.reach = reach;
        this.clock = clock;
        this.locks = new MethodLocks(quota, backoff, lists, heldLists, clock);
        this.outage = new OutageSigns(clock);
    }

    Instant now() {
        return clock.instant();
    }

    /** @throws Halted if a backoff, a held list or a lock that began since the claim prevents the delivery */
    void requireFree(Delivery delivery) {
        if (locks.isLocked(delivery)) {
            throw new Halted(delivery.action().method() + " is locked");
        }
        if (backoff.isOpen(delivery.connection())) {
            throw new Halted("the connection is backing off");
        }
        if (delivery.action() == Action.SUBSCRIBE && heldLists.isHeld(delivery.listId())) {
            throw new Halted("the list is held");
        }
    }

    /** Campaigns answered the delivery, in whatever way. */
    void answered(Delivery delivery) {
        outage.gotThrough(delivery.connection());
        backoff.succeeded(delivery.connection());
        locks.answered(delivery);
    }

    /** Campaigns answered a call of {@code method}, which a delivery needs before its own. */
    void prepared(Delivery delivery, String method) {
        locks.answered(delivery.connection(), method);
    }

    /** Campaigns did what the delivery asks for. */
    void succeeded(Delivery delivery) {
        answered(delivery);
        if (delivery.action() == Action.SUBSCRIBE) {
            replies.succeeded(delivery.listId(), now());
            heldLists.succeeded(delivery.listId());
        }
    }

    /** A confirmation was sent: a list that adds people at once by its purpose is held before it asks anybody else. */
    void confirmationSent(Delivery delivery) {
        boolean asked = lists.find(delivery.listId())
                .flatMap(MailingList::form)
                .filter(SignupForm.PRIVATE::equals)
                .isPresent();
        if (!asked) {
            succeeded(delivery);
            return;
        }
        answered(delivery);
        heldLists.hold(
                delivery.listId(),
                HeldLists.Kind.CONFIRMATION,
                "Campaigns sent a confirmation instead of adding the person, but the purpose says signupForm:"
                        + " private. Switch the sign-up form of the list off in Campaigns, or write signupForm:"
                        + " public");
    }

    Settlement unrecognised(Exchange exchange, Delivery delivery, ContactReply.Unrecognised reply) {
        return alikeOrOwn(
                exchange,
                delivery,
                reply.code(),
                "Campaigns answered with the unknown code " + reply.code() + ": " + reply.message());
    }

    /**
     * Campaigns does not accept this person. That is remembered once another subscription to the list has succeeded, or
     * others were refused for other reasons; if everybody is refused alike, the list or its topic is the cause, and nobody
     * is marked. Of only one or two refusals the words of the reply decide.
     */
    Settlement refused(Exchange exchange, Delivery delivery, ContactReply.Refused reply) {
        answered(delivery);
        boolean neighbourTaken = replies.succeededSince(delivery.listId(), started(exchange));
        boolean told = reply.byWords() || delivery.rounds() > 0;
        if (delivery.action() != Action.SUBSCRIBE || neighbourTaken && told) {
            return refused(exchange, delivery, reply, true);
        }
        int alike = replies.answered(delivery.listId(), reply.code(), delivery.id());
        if (reply.byWords() && replies.differ(delivery.listId())) {
            return refused(exchange, delivery, reply, true);
        }
        boolean recently = replies.succeededSince(delivery.listId(), now().minus(RECENT));
        boolean few = alike < ALIKE;
        // The list took others minutes ago, and the words say that it is the person: so it is, however many they are.
        boolean personal = recently && (few || reply.byWords());
        if (!personal && alike >= (reply.byWords() ? ALIKE_BY_WORDS : ALIKE)) {
            return heldForReplies(
                    exchange, delivery, reply.code(), reply.reason().word());
        }
        boolean alone = !outbox.waitsBeside(delivery);
        if (personal && (alone || delivery.rounds() > 0)) {
            return refused(exchange, delivery, reply, true);
        }
        if (!(alone && reply.byWords()) && delivery.rounds() + 1 < MOST_ROUNDS) {
            return postponed(
                    exchange,
                    delivery,
                    "refused with code " + reply.code() + "; retried once another subscription has succeeded");
        }
        return refused(exchange, delivery, reply, reply.byWords() && (few || reply.suppress()));
    }

    private static Settlement refused(
            Exchange exchange, Delivery delivery, ContactReply.Refused reply, boolean remembered) {
        return new Settlement.Refused(
                delivery,
                new Outcome.Ignored(reply.reason()),
                remembered && reply.suppress(),
                remembered,
                reply.code(),
                wasDisturbed(exchange));
    }

    /** The settlement of a failed delivery; if the database failed, the call may have left before. */
    Settlement settle(Exchange exchange, Delivery delivery, Throwable cause) {
        try {
            return DatabaseFault.away(Failures.unwrapped(cause))
                    ? new Settlement.Released(delivery, Failures.text(cause), true)
                    : weigh(exchange, delivery, cause);
        } catch (DatabaseFault fault) {
            if (fault.unreachable()) {
                return new Settlement.Released(delivery, Failures.text(fault), true);
            }
            throw fault;
        }
    }

    /**
     * The settlement of a delivery that a route did not pass to the steps that settle it: an edited route parks it, a step
     * that fails is tried again a few times.
     *
     * @param left whether its call has left
     */
    Settlement lost(Delivery delivery, Throwable cause, boolean left) {
        if (!left) {
            giveBack(delivery);
        }
        String message = Failures.text(cause);
        if (cause instanceof ConsentBreach) {
            return new Settlement.Parked(delivery, "route", message, left);
        }
        return delivery.rounds() + 1 < MOST_ROUNDS
                ? new Settlement.Postponed(delivery, message, left, now().plus(backoff.pause(delivery.rounds())))
                : new Settlement.Parked(delivery, null, message, left);
    }

    private Settlement weigh(Exchange exchange, Delivery delivery, Throwable cause) {
        String message = Failures.text(cause);
        if (cause instanceof ZohoFault.Stopped) {
            quota.giveBack(delivery.connection(), delivery.action().method(), 1);
            return new Settlement.Unsent(delivery, wasDisturbed(exchange));
        }
        if (cause instanceof ZohoFault.Throttled throttled) {
            locks.throttled(delivery, throttled);
            return released(exchange, delivery, throttled.getMessage());
        }
        if (cause instanceof ZohoFault.Credential refused) {
            return credential(exchange, delivery, refused);
        }
        if (cause instanceof Halted || cause instanceof UnreadList) {
            giveBack(delivery);
            return released(exchange, delivery, null);
        }
        if (cause instanceof NobodyThere) {
            giveBack(delivery);
            return new Settlement.Delivered(delivery, delivery.onSuccess(), false);
        }
        if (cause instanceof MissingTopics) {
            giveBack(delivery);
            heldLists.holdAndTry(delivery.listId(), message);
            return released(exchange, delivery, message);
        }
        if (cause instanceof ZohoFault.Transient || cause instanceof ZohoFault.PageLost) {
            return outOfReachOrOwn(exchange, delivery, message);
        }
        if (cause instanceof ZohoFault.Rejected rejected) {
            if (rejected.unscoped().isPresent()) {
                locks.outOfScope(delivery, rejected.unscoped().get(), message);
                return released(exchange, delivery, message);
            }
            if (ListGone.isSaidBy(rejected)) {
                return listGone(exchange, delivery, rejected);
            }
            return alikeOrOwn(exchange, delivery, rejected.code(), message);
        }
        if (Failures.unwrapped(cause) instanceof Error) {
            // Such as a lack of memory, which does not concern this delivery unless others succeed.
            return outOfReachOrOwn(exchange, delivery, message);
        }
        if (cause instanceof ConsentBreach breach) {
            LOG.error("{}: {} is not made: {}", delivery.connection(), delivery, breach.getMessage());
            return new Settlement.Parked(delivery, "route", breach.getMessage(), wasDisturbed(exchange));
        }
        // An unexpected failure may quote a person in its message, so only its kind and its origin are logged.
        LOG.error(
                "{}: {} failed unexpectedly: {} at {}",
                delivery.connection(),
                delivery,
                cause.getClass().getName(),
                Arrays.stream(cause.getStackTrace()).findFirst().orElse(null));
        return new Settlement.Parked(delivery, null, message, true);
    }

    /**
     * A removal from a list that is gone counts as done. A subscription waits for the list to be made anew where the purpose
     * allows that, and is parked otherwise.
     */
    private Settlement listGone(Exchange exchange, Delivery delivery, ZohoFault.Rejected rejected) {
        boolean known = gone.isKnown(delivery) || rejected.code().equals(ListGone.NO_LIST);
        if (!known && reach.hasList(delivery)) {
            return alikeOrOwn(exchange, delivery, rejected.code(), rejected.getMessage());
        }
        if (delivery.createAs().isEmpty() && delivery.action() == Action.SUBSCRIBE) {
            gone.heard(delivery, rejected);
            return new Settlement.Parked(delivery, rejected.code(), rejected.getMessage(), wasDisturbed(exchange));
        }
        gone.heard(delivery, rejected);
        return delivery.action() == Action.SUBSCRIBE
                ? released(exchange, delivery, rejected.getMessage())
                : new Settlement.Delivered(delivery, delivery.onSuccess(), false);
    }

    private void giveBack(Delivery delivery) {
        quota.giveBack(delivery.connection(), delivery.action().method(), 1);
    }

    private static Settlement released(Exchange exchange, Delivery delivery, String cause) {
        return new Settlement.Released(delivery, cause, wasDisturbed(exchange));
    }

    private Settlement postponed(Exchange exchange, Delivery delivery, String cause) {
        return new Settlement.Postponed(
                delivery, cause, wasDisturbed(exchange), now().plus(backoff.pause(delivery.rounds())));
    }

    /**
     * Campaigns may answer a missing scope like a token that is not valid (not documented; docs/zoho-notes.md,
     * "Campaigns: scopes"): where it answers other calls, the credential is good and lacks a scope.
     */
    private Settlement credential(Exchange exchange, Delivery delivery, ZohoFault.Credential refused) {
        if (refused.method().isPresent() && (locks.isLocked(delivery) || reach.answers(delivery))) {
            locks.outOfScope(delivery, refused.method().get(), refused.getMessage());
            return released(exchange, delivery, refused.getMessage());
        }
        backoff.begin(delivery.connection(), refused.getMessage());
        return released(exchange, delivery, refused.getMessage());
    }

    /**
     * If no call succeeds, or no other call is answered either, Zoho is out of reach, and no delivery is at fault. A success
     * a moment ago proves little: an outage begins between two replies.
     */
    private Settlement outOfReachOrOwn(Exchange exchange, Delivery delivery, String message) {
        if (outage.isLikely(delivery, started(exchange)) || !reach.answers(delivery)) {
            backoff.begin(delivery.connection(), message);
            return new Settlement.Released(delivery, message, true);
        }
        disturbed(exchange);
        return ownAfterAll(exchange, delivery, null, message);
    }

    private Settlement alikeOrOwn(Exchange exchange, Delivery delivery, String code, String message) {
        boolean neighbourTaken = replies.succeededSince(delivery.listId(), started(exchange));
        if (delivery.action() != Action.SUBSCRIBE || neighbourTaken && delivery.rounds() > 0) {
            return ownAfterAll(exchange, delivery, code, message);
        }
        return replies.answered(delivery.listId(), code, delivery.id()) >= ALIKE
                ? heldForReplies(exchange, delivery, code, message)
                : ownAfterAll(exchange, delivery, code, message);
    }

    private Settlement ownAfterAll(Exchange exchange, Delivery delivery, String code, String message) {
        return delivery.rounds() + 1 < MOST_ROUNDS
                ? postponed(exchange, delivery, message)
                : new Settlement.Parked(delivery, code, message, wasDisturbed(exchange));
    }

    private Settlement heldForReplies(Exchange exchange, Delivery delivery, String code, String message) {
        heldLists.holdAndTry(
                delivery.listId(),
                "all subscriptions are refused with code " + code + " (" + message
                        + "), so the cause is not a single person. Check in Campaigns that the list and its"
                        + " topics exist and accept people");
        return released(exchange, delivery, message);
    }

    private static Instant started(Exchange exchange) {
        Instant started = exchange.getVariable(STARTED, Instant.class);
        return started == null ? Instant.MAX : started;
    }

    /** A try of the delivery was interrupted: it may have reached Campaigns, whatever the reply to a later try. */
    public static void disturbed(Exchange exchange) {
        exchange.setVariable(DISTURBED, true);
    }

    static boolean wasDisturbed(Exchange exchange) {
        return Boolean.TRUE.equals(exchange.getVariable(DISTURBED));
    }
}
