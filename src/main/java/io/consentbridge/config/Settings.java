package io.consentbridge.config;

import io.consentbridge.proof.SealingKey;
import io.consentbridge.sync.Limits;
import io.consentbridge.zoho.CallLimits;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Network;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting of {@code application.properties}, read once.
 *
 * @param connections by name, in the order of {@code zoho.connections}; never empty
 * @param database where everything is kept
 * @param http where the API listens
 * @param limits how many syncs and runs a connection may have
 * @param brake how many people may leave a list at once
 * @param delivery how the outbox is worked off
 * @param asking how people are asked for their consent by mail
 * @param confirmationsPerHour how many mails that ask for consent all processes together send in an hour
 * @param retry how one call is tried again
 * @param calls how long one call may take, and how large its reply may be
 * @param backoff how long a connection backs off while Zoho is out of reach
 * @param freshness how old what decides about people may be
 * @param consentWords an organisation's own words for the lawful basis, by what they mean: one of
 *     {@link io.consentbridge.consent.BasisReader#MEANINGS}
 * @param catchUp whether a run that came to be due while nothing ran is made up for at the next start
 * @param rejoin who may undo a refusal that a list reported by being active on it again
 * @param lease after how long without a sign another node takes a run or delivery over
 * @param quotas how many calls each Campaigns method may get
 * @param ledger the keys of the ledger, and where its checkpoints go
 * @param crmUpdates how records of the CRM are updated
 * @param historyKeepDays days after which finished runs are forgotten
 * @param retention how long else data is kept
 * @param logFormat the shape of log lines
 * @param texts every setting that is no secret as text, defaults included, for placeholders in routes
 */
public record Settings(
        Map<String, Connection> connections,
        Database database,
        Http http,
        Limits limits,
        Brake brake,
        Delivery delivery,
        AskingSettings asking,
        int confirmationsPerHour,
        Retry retry,
        CallLimits calls,
        Backoff backoff,
        Freshness freshness,
        Map<String, List<String>> consentWords,
        boolean catchUp,
        Rejoin rejoin,
        Duration lease,
        Quotas quotas,
        Ledger ledger,
        CrmUpdates crmUpdates,
        int historyKeepDays,
        Retention retention,
        LogFormat logFormat,
        Map<String, String> texts) {

    public Settings {
        connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
        consentWords = Map.copyOf(consentWords);
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    /** The names of the quota settings. */
    public static List<String> quotaNames() {
        return SettingNames.DEFAULTS.keySet().stream()
                .filter(name -> name.startsWith("quota."))
                .toList();
    }

    /** The same settings with other limits. */
    public Settings with(Limits others) {
        return new Settings(
                connections,
                database,
                http,
                others,
                brake,
                delivery,
                asking,
                confirmationsPerHour,
                retry,
                calls,
                backoff,
                freshness,
                consentWords,
                catchUp,
                rejoin,
                lease,
                quotas,
                ledger,
                crmUpdates,
                historyKeepDays,
                retention,
                logFormat,
                texts);
    }

    /** Shows no value: a database URL may carry a password. */
    @Override
    public String toString() {
        return "settings of " + connections.keySet();
    }

    /** A JDBC URL; user and password are empty texts where the URL needs none. */
    public record Database(String url, String user, String password) {
        @Override
        public String toString() {
            return "database";
        }
    }

    /**
     * The keys of the ledger, and where its checkpoints go.
     *
     * @param masterKey the key under which all others are wrapped; empty for that in the key file
     * @param nextMasterKey the key that replaces it; empty for none
     * @param keyFile where the master key is when no setting gives it
     * @param checkpoints the targets outside of the database
     */
    public record Ledger(
            Optional<SealingKey> masterKey, Optional<SealingKey> nextMasterKey, Path keyFile, Checkpoints checkpoints) {

        /** Shows no key. */
        @Override
        public String toString() {
            return "ledger";
        }
    }

    /**
     * Where checkpoints of the ledger go.
     *
     * @param file a file outside of the data folder; empty for none
     * @param webhook a URL that takes them by POST; empty for none
     * @param mail an address that gets them by mail; empty for none
     */
    public record Checkpoints(Optional<Path> file, Optional<Webhook> webhook, Optional<ByMail> mail) {

        /**
         * A URL that takes checkpoints by POST.
         *
         * @param uri which may contain a secret, and is never shown
         * @param network how it is reached
         */
        public record Webhook(URI uri, Network network) {

            @Override
            public String toString() {
                return "webhook";
            }
        }

        /**
         * An address that gets checkpoints by mail.
         *
         * @param server takes the mail
         * @param from the address of the sender
         */
        public record ByMail(SmtpSettings server, String from, String address) {}

        /** Whether nothing leaves the machine. */
        public boolean none() {
            return file.isEmpty() && webhook.isEmpty() && mail.isEmpty();
        }
    }

    /** Host and port to listen on; port 0 takes any free one. */
    public record Http(String host, int port) {}

    /**
     * When the brake holds the removals of a run, because they are too large a share of the list.
     *
     * @param share percentage of the list that must be exceeded, along with {@code people}; 100 switches the brake off
     * @param people the number of removals up to which the share does not count
     * @param half the list size from which half of a list is held; 0 for never
     * @param all the list size from which a whole list is held; 0 for never
     */
    public record Brake(int share, int people, int half, int all) {

        /** A brake without special rules for small lists. */
        public Brake(int share, int people) {
            this(share, people, 0, 0);
        }

        /**
         * Why that many removals from a list of that size are held, in words that follow their number; empty if they are
         * not.
         */
        public Optional<String> holds(long leavers, long members) {
            if (share == 100 || leavers == 0) {
                return Optional.empty();
            }
            if (leavers > people && leavers * 100 > share * members) {
                return Optional.of("more than %s %% of it and more than %s".formatted(share, people));
            }
            if (half > 0 && members >= half && leavers * 2 >= members) {
                return Optional.of("half or more of a list of %s or more".formatted(half));
            }
            return all > 0 && members >= all && leavers >= members
                    ? Optional.of("all of a list of %s or more".formatted(all))
                    : Optional.empty();
        }
    }

    /**
     * How deliveries are sent.
     *
     * @param connections the number of connections to Campaigns that are open at once
     * @param batch the greatest number of deliveries of a claim
     * @param batches the greatest number of claims whose deliveries are in flight at once
     * @param every the pause before the next look for due deliveries
     */
    public record Delivery(int connections, int batch, int batches, Duration every) {}

    /**
     * How a call that fails for a while is tried again.
     *
     * @param attempts how often in all
     * @param delay the pause after the first failure
     * @param delayMost the longest pause
     * @param multiplier by which each pause of a delivery is longer than the one before it
     * @param readingMultiplier the same of a call that reads
     * @param jitter by which share of itself a pause is longer or shorter at random, from 0 to 1
     */
    public record Retry(
            int attempts,
            Duration delay,
            Duration delayMost,
            double multiplier,
            double readingMultiplier,
            double jitter) {}

    /** The lengths of the first and of the longest backoff while Zoho is out of reach; keys {@code hold.first} and {@code hold.most}. */
    public record Backoff(Duration first, Duration most) {}

    /**
     * How old the data may be that decides about people.
     *
     * @param overlap how far before the end of the previous reading each reading of changes in the CRM begins, by Zoho's
     *     clock: changes become visible late and out of order
     * @param recheck how long a delivery may wait before its refusals are read again
     * @param optOuts how often refusals are carried over between runs while the runtime is up
     */
    public record Freshness(Duration overlap, Duration recheck, Duration optOuts) {}

    /** When activity on a list ends a refusal that the list reported. */
    public enum Rejoin {
        /**
         * For people who went from unsubscribed or bounced to active: Zoho lets nobody else do that (Z). People who had
         * disappeared from the list in between, by a purge or with the list, may have been imported, and stay off.
         */
        PERSON,
        /** For everybody who is active again, whatever the cause. */
        ANYBODY,
        /** For nobody. */
        NEVER
    }

    /**
     * After how many days data is destroyed that nothing needs any more; 0 for never.
     *
     * @param people people of whom nothing is known any more
     * @param confirmations the content of ended requests for consent
     * @param updates settled updates of CRM records and starts of workflows
     * @param checkpoints checkpoints of the ledger, but for the last of each day
     */
    public record Retention(int people, int confirmations, int updates, int checkpoints) {}

    /** The format of log lines. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    /**
     * How records of the CRM are updated.
     *
     * @param triggers what Zoho starts for a change; empty for nothing
     * @param creditsKept while the organisation has fewer API credits left for the day, nothing is written
     */
    public record CrmUpdates(List<String> triggers, int creditsKept) {

        /** What Zoho CRM can start for a change (docs/zoho-notes.md, "CRM: writes"). */
        static final List<String> TRIGGERS =
                List.of("workflow", "approval", "blueprint", "pathfinder", "orchestration");

        public CrmUpdates {
            triggers = List.copyOf(triggers);
        }
    }

    /** A quota window: at most {@code calls} within any {@code per}. */
    public record Window(int calls, Duration per) {}

    /**
     * The quotas of Campaigns' methods (docs/zoho-notes.md, "Campaigns: call limits").
     *
     * @param byMethod method as in its path ({@code json/listsubscribe}) to its windows, empty when it has no quota
     * @param otherwise the windows of every other method, empty when they have no quota
     */
    public record Quotas(Map<String, List<Window>> byMethod, List<Window> otherwise) {

        public Quotas {
            byMethod = Map.copyOf(byMethod);
            otherwise = List.copyOf(otherwise);
        }

        /** The windows of a method, all of which apply; empty if it has no quota. */
        public List<Window> of(String method) {
            return byMethod.getOrDefault(method, otherwise);
        }
    }
}
