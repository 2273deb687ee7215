package io.consentbridge.confirmation;

import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ContactAnswer;
import io.consentbridge.campaigns.ContactCall;
import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.campaigns.ContactReply;
import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.campaigns.ListedMember;
import io.consentbridge.campaigns.MailingList;
import io.consentbridge.campaigns.MemberStatus;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.outbox.Action;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Trials of asking by a list with a public sign-up form, with an address of the operator's. Campaigns asks that address, and
 * nobody else; what is kept of it is a salted hash. Whether somebody confirmed is read in Campaigns, since it tells nobody.
 */
public final class ListTrials {

    /** Of the salt, in hexadecimal digits. */
    private static final int SALT = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Trials trials;
    private final CampaignsLists lists;
    private final ListMembers members;
    private final ZohoSeams seams;
    private final ContactPermits permits;
    private final QuotaGovernor quota;
    private final TrialAddresses addresses;
    private final InstantSource clock;

    public ListTrials(
            Trials trials,
            CampaignsLists lists,
            ListMembers members,
            ZohoSeams seams,
            ContactPermits permits,
            QuotaGovernor quota,
            TrialAddresses addresses,
            InstantSource clock) {
        this.trials = trials;
        this.lists = lists;
        this.members = members;
        this.seams = seams;
        this.permits = permits;
        this.quota = quota;
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * Subscribes an address to the list through which Campaigns asks.
     *
     * @param purpose one that asks by a list
     * @param address a valid one
     * @throws UnfitTrial if the list has no public sign-up form, the address is of somebody who must not be mailed or is on the list already, or Campaigns refuses
     *     the address
     * @throws ZohoFault if Zoho cannot be asked
     */
    public void begin(Connection connection, Purpose purpose, String address) {
        Person person = new Person(address);
        addresses.screen(address);
        MailingList list = asking(purpose, lists.directory(connection, null))
                .orElseThrow(
                        () -> new UnfitTrial("\"" + purpose.confirmationList().orElse("")
                                + "\" is not a list with a public sign-up form, so Campaigns would ask nobody"));
        if (recent(connection, list).contains(person)) {
            throw new UnfitTrial("the address is on \"" + list.name()
                    + "\" already, so Campaigns does not ask it; take another one, or delete it there");
        }
        quota.admit(connection.name(), Action.SUBSCRIBE.method());
        ContactReply reply = subscribe(connection, list, address);
        if (!(reply instanceof ContactReply.Accepted) && !(reply instanceof ContactReply.ConfirmationSent)) {
            throw new UnfitTrial("Campaigns does not take the address" + code(reply));
        }
        trials.begin(purpose.name(), purpose.statementVersion(), salted(salt(), person), clock.instant());
    }

    private static String code(ContactReply reply) {
        return reply instanceof ContactReply.Refused refused
                ? " (code " + refused.code() + ")"
                : reply instanceof ContactReply.Unrecognised unknown ? " (code " + unknown.code() + ")" : "";
    }

    private ContactReply subscribe(Connection connection, MailingList list, String address) {
        ContactCall call = new ContactCall(null, list.key(), Map.of(ContactCall.EMAIL, address), List.of(), null);
        permits.give(connection, Action.SUBSCRIBE.method(), call);
        try {
            return seams.ask("subscribe-contact", connection, call, ContactAnswer.class)
                    .reply();
        } finally {
            permits.withdraw(call);
        }
    }

    /**
     * The latest trial whose address confirmed: it is an active member now. Reads the members who came within a week; makes no
     * call if the purpose was not tried since its wording changed.
     *
     * @param there the lists of the connection
     */
    public Optional<Trials.Trial> succeeded(Connection connection, Purpose purpose, ListDirectory there) {
        List<Trials.Trial> begun = trials.begun(purpose.name(), purpose.statementVersion());
        Optional<MailingList> list = begun.isEmpty() ? Optional.empty() : asking(purpose, there);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        Set<Person> active = recent(connection, list.get());
        return begun.stream()
                .filter(trial -> active.stream().anyMatch(person -> isOf(trial.tokenHash(), person)))
                .findFirst();
    }

    private static boolean isOf(String hash, Person person) {
        return hash.equals(salted(hash.substring(0, SALT), person));
    }

    /** Whether the purpose was tried since its wording changed. */
    public boolean tried(Purpose purpose) {
        return !trials.begun(purpose.name(), purpose.statementVersion()).isEmpty();
    }

    private static Optional<MailingList> asking(Purpose purpose, ListDirectory there) {
        return purpose.confirmationList()
                .flatMap(there::named)
                .filter(list -> list.form().filter(SignupForm.PUBLIC::equals).isPresent());
    }

    private Set<Person> recent(Connection connection, MailingList list) {
        Set<Person> people = new HashSet<>();
        Iterator<List<ListedMember>> pages = members.scan(connection, null, list.key(), MemberStatus.RECENT);
        while (pages.hasNext()) {
            pages.next().forEach(member -> people.add(member.person()));
        }
        return people;
    }

    /** A salt and a hash of the address with it, as long as the hash of a token. */
    private static String salted(String salt, Person person) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] hash = sha256.digest((salt + " " + person.address()).getBytes(StandardCharsets.UTF_8));
            return salt + HexFormat.of().formatHex(hash).substring(SALT);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }

    private static String salt() {
        byte[] bytes = new byte[SALT / 2];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
