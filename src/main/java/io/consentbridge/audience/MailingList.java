package io.consentbridge.audience;

import io.consentbridge.consent.SignupForm;
import java.time.Instant;
import java.util.Optional;

/**
 * A mailing list of a connection, as far as we know it.
 *
 * @param id our row
 * @param connection name of the connection
 * @param name its name in Campaigns
 * @param key its key; empty while Campaigns does not have it, as far as we know
 * @param createAs the sign-up form with which it is created when it is missing; empty when it must not be
 * @param form the sign-up form that it has by the purpose that names it; empty before a run was bound to it
 * @param membersReadAt when its active members were last read to the end; empty before the first time
 * @param refusalsReadAt when those who left it were last read to the end; empty before the first time
 * @param counts its figures when they were last asked for; empty before the first time
 */
public record MailingList(
        long id,
        String connection,
        String name,
        Optional<String> key,
        Optional<SignupForm> createAs,
        Optional<SignupForm> form,
        Optional<Instant> membersReadAt,
        Optional<Instant> refusalsReadAt,
        Optional<Counts> counts) {

    /** A list of which nothing is known yet but what a purpose says. */
    public static MailingList unknown(String connection, String name) {
        return new MailingList(
                0,
                connection,
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same list as a purpose wants it. */
    public MailingList as(SignupForm wanted) {
        return new MailingList(
                id, connection, name, key, createAs, Optional.of(wanted), membersReadAt, refusalsReadAt, counts);
    }

    /** The same list, known to Campaigns by that key. */
    public MailingList withKey(String known) {
        return new MailingList(
                id, connection, name, Optional.of(known), createAs, form, membersReadAt, refusalsReadAt, counts);
    }

    /** Campaigns' figures of a list. */
    public record Counts(long active, long unsubscribed, long bounced) {}
}
