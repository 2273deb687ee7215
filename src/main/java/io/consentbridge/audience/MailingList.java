package io.consentbridge.audience;

import io.consentbridge.consent.SignupForm;
import java.time.Instant;
import java.util.Optional;

/**
 * A mailing list of a connection, as far as it is known.
 *
 * @param id its row
 * @param connection name of the connection
 * @param name its name in Campaigns
 * @param key its key; empty while Campaigns has no such list, as far as it is known
 * @param createAs the sign-up form with which it is created if it is missing; empty if it must not be created
 * @param form the sign-up form by its purpose; empty before a run was bound to it
 * @param membersReadAt when its active members were last read completely; empty before the first time
 * @param refusalsReadAt when its unsubscribed and bounced members were last read completely; empty before the first time
 * @param counts its figures at the last query; empty before the first time
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

    /** A list of which only the settings of a purpose are known. */
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

    /** The same list with the sign-up form of a purpose. */
    public MailingList as(SignupForm wanted) {
        return new MailingList(
                id, connection, name, key, createAs, Optional.of(wanted), membersReadAt, refusalsReadAt, counts);
    }

    /** The same list with its key in Campaigns. */
    public MailingList withKey(String known) {
        return new MailingList(
                id, connection, name, Optional.of(known), createAs, form, membersReadAt, refusalsReadAt, counts);
    }

    /** Campaigns' figures of a list. */
    public record Counts(long active, long unsubscribed, long bounced) {}
}
