package io.consentbridge.consent;

import io.consentbridge.consent.Screened.Unusable;
import io.consentbridge.consent.Screened.Usable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.validator.routines.DomainValidator;
import org.apache.commons.validator.routines.DomainValidator.ArrayType;
import org.apache.commons.validator.routines.DomainValidator.Item;
import org.apache.commons.validator.routines.EmailValidator;

/**
 * Distinguishes addresses that Campaigns accepts from those that it ignores: empty, of a group, or malformed (B79, B81,
 * B82).
 *
 * <p>Campaigns has the last word: it refuses group addresses beyond those listed here (code 2005; docs/zoho-notes.md,
 * "Campaigns: leavers and group addresses").
 */
public final class AddressScreening {

    // Named by Zoho, seen refused, or a mailbox name of RFC 2142. Zoho publishes no complete list.
    private static final Set<String> ROLES = Set.of(
            "abuse",
            "admin",
            "administrator",
            "careers",
            "ftp",
            "hostmaster",
            "hr",
            "info",
            "marketing",
            "news",
            "noc",
            "no-reply",
            "noreply",
            "postmaster",
            "sales",
            "security",
            "service",
            "support",
            "usenet",
            "uucp",
            "webmaster",
            "www");

    // Reserved for tests and documents (RFC 2606): they reach nobody, so they are accepted for trials.
    private static final String[] RESERVED = {"example", "test"};

    private static final DomainValidator DOMAINS =
            DomainValidator.getInstance(false, List.of(new Item(ArrayType.GENERIC_PLUS, RESERVED)));

    private static final EmailValidator SYNTAX = new EmailValidator(false, false, DOMAINS);

    /** Of a record whose person was erased: nothing of them is stored again, and they must not be mailed. */
    public static final Screened ERASED =
            unusable(IgnoreReason.OPTED_OUT, "The person was erased, and must not be mailed.");

    private AddressScreening() {}

    /** @param raw an e-mail field of the CRM; null when it is empty */
    public static Screened screen(String raw) {
        String address = raw == null ? "" : AddressForm.written(raw);
        if (address.isEmpty()) {
            return unusable(IgnoreReason.EMPTY_EMAIL, "The record has no e-mail address.");
        }
        if (!isPlain(address) && !isValidByRules(address)) {
            return unusable(IgnoreReason.INVALID_PATTERN, "The e-mail address is malformed.");
        }
        if (ROLES.contains(mailbox(address))) {
            return unusable(IgnoreReason.GROUP_EMAIL, "The e-mail address belongs to a group, not to a person.");
        }
        return new Usable(new Person(address), address);
    }

    static boolean isPlain(String address) {
        return PlainAddress.isMailbox(address, DOMAINS::isValidTld);
    }

    static boolean isValidByRules(String address) {
        return SYNTAX.isValid(address) && !isWiderThanZohoTakes(address);
    }

    // Quoted mailboxes and bare IP addresses are valid e-mail addresses, but Zoho does not accept them.
    private static boolean isWiderThanZohoTakes(String address) {
        return address.startsWith("\"") || address.endsWith("]") || AddressForm.isImpossible(address);
    }

    /**
     * The person to whom a record's refusal applies. Their address may be unusable for mail as it is typed, for instance
     * with white space in it. Empty if the address belongs to nobody.
     *
     * @param raw an e-mail field of the CRM; null when it is empty
     */
    public static Optional<Person> refuser(String raw) {
        return Optional.ofNullable(raw)
                .map(Person::new)
                .filter(person -> isPlain(person.address()) || SYNTAX.isValid(person.address()));
    }

    private static String mailbox(String address) {
        String local = address.substring(0, address.lastIndexOf('@')).toLowerCase(Locale.ROOT);
        int tag = local.indexOf('+');
        return tag > 0 ? local.substring(0, tag) : local;
    }

    private static Screened unusable(IgnoreReason reason, String why) {
        return new Unusable(new Decision.Ignore(reason, why));
    }
}
