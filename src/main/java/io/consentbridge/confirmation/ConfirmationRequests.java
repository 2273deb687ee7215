package io.consentbridge.confirmation;

import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.Purpose;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.store.Database;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What happens to requests for consent, from their claim to their end. Each change is one transaction together with its event in
 * the ledger. Any number of nodes may call every method at once.
 *
 * @param claims claims the mails that are due
 * @param mails what becomes of those mails
 * @param links what people answer by the link of a mail
 * @param lists what people answer to a mail of Campaigns
 * @param expiry ends what ends by itself
 */
public record ConfirmationRequests(
        MailClaims claims, MailResults mails, LinkAnswers links, ListConfirmations lists, RequestExpiry expiry) {

    /**
     * The requests in a database.
     *
     * @param purposes the present purposes, by name
     * @param zones the zone of a connection, by its name
     * @param perHour how many mails all nodes together send in an hour at most
     */
    public static ConfirmationRequests of(
            Database database,
            InstantSource clock,
            Supplier<Map<String, Purpose>> purposes,
            Function<String, ZoneId> zones,
            IntSupplier perHour,
            Outbox outbox,
            Members members,
            Suppressions suppressions) {
        AskedWording wording = new AskedWording(purposes);
        GivenConsents consents = new GivenConsents(wording, zones, outbox, suppressions);
        return new ConfirmationRequests(
                new MailClaims(database, new MailPace(perHour), wording, suppressions),
                new MailResults(database, clock, wording),
                new LinkAnswers(database, clock, wording, consents, new LinkRefusals(outbox, members, suppressions)),
                new ListConfirmations(database, clock, wording, consents),
                new RequestExpiry(database));
    }
}
