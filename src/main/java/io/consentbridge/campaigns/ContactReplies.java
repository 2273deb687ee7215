package io.consentbridge.campaigns;

import static io.consentbridge.campaigns.ContactForms.DO_NOT_MAIL;
import static io.consentbridge.campaigns.ContactForms.SUBSCRIBE;
import static io.consentbridge.campaigns.ContactForms.UNSUBSCRIBE;

import io.consentbridge.campaigns.ContactReply.Accepted;
import io.consentbridge.campaigns.ContactReply.ConfirmationSent;
import io.consentbridge.campaigns.ContactReply.Refused;
import io.consentbridge.campaigns.ContactReply.Unrecognised;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoReply;
import io.consentbridge.zoho.ZohoRequest;
import java.time.Clock;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Interprets Campaigns' reply to a contact call, by the Map of its JSON: a {@link ContactAnswer}, or the fault that it
 * means; bound as {@code contactReplies}. The same code has different meanings for different methods, so the method is part
 * of the key (docs/zoho-notes.md, "Campaigns: protocol").
 */
final class ContactReplies implements Processor {

    private final Clock clock;

    ContactReplies(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        ZohoRequest placed = ZohoRequest.placedIn(exchange);
        ContactCall question = placed.question(ContactCall.class);
        ZohoReply reply = ZohoReply.takeFrom(exchange.getMessage());
        exchange.getMessage().setBody(new ContactAnswer(question, read(placed.connection(), placed.method(), reply)));
    }

    ContactReply read(String connection, String method, ZohoReply reply) {
        Envelope envelope = Envelope.of(connection, method, reply, clock.instant());
        if (envelope.success()) {
            return accepted(method, envelope.message());
        }
        String code = envelope.code();
        return switch (method) {
            case SUBSCRIBE -> subscribe(connection, code, envelope);
            case UNSUBSCRIBE -> unsubscribe(connection, code, envelope);
            case DO_NOT_MAIL -> doNotMail(connection, code, envelope);
            default -> throw new IllegalArgumentException(method + " is no contact call");
        };
    }

    /**
     * The code is the same whether a person was added or asked to confirm; only the text differs (docs/zoho-notes.md,
     * "Campaigns: subscribing").
     */
    private static ContactReply accepted(String method, String message) {
        boolean asked =
                method.equals(SUBSCRIBE) && message.toLowerCase(Locale.ROOT).contains("confirmation");
        return asked ? new ConfirmationSent() : new Accepted();
    }

    private static ContactReply subscribe(String connection, String code, Envelope envelope) {
        return switch (code) {
            case "2003" -> new Accepted(); // on the list already: global table, never seen live
            case "2004" -> refused(IgnoreReason.INVALID_PATTERN, envelope, "mail", "address"); // documented
            case "2005" -> refused(IgnoreReason.GROUP_EMAIL, envelope, "group", "role"); // documented, and seen live
            case "2006" -> // sister product
                new Refused(
                        IgnoreReason.DO_NOT_MAIL, code, true, has(envelope, "do-not-mail", "do not mail", "donotmail"));
            case "2007" -> addressRefused(envelope); // seen live for single addresses
            case "914", "2302" ->
                throw rejected( // global table, and the page of another method
                        connection,
                        code,
                        "has reached the contact limit of its plan. Raise that limit in Zoho Campaigns");
            default -> common(connection, code, envelope);
        };
    }

    private static ContactReply unsubscribe(String connection, String code, Envelope envelope) {
        return switch (code) {
            case "2103" -> new Accepted(); // no such address: nothing left to do
            case "2004" -> refused(IgnoreReason.INVALID_PATTERN, envelope, "mail", "address");
            case "2101" -> throw later(connection, code, UNSUBSCRIBE);
            case "2102" -> throw listGone(connection, code);
            default -> common(connection, code, envelope);
        };
    }

    private static ContactReply doNotMail(String connection, String code, Envelope envelope) {
        return switch (code) {
            case "2004" -> refused(IgnoreReason.INVALID_PATTERN, envelope, "mail", "address");
            case "2104" -> throw later(connection, code, DO_NOT_MAIL);
            default -> common(connection, code, envelope);
        };
    }

    private static ContactReply common(String connection, String code, Envelope envelope) {
        return switch (code) {
            case "2501", "2002", "2206" -> throw listGone(connection, code); // documented, the last two elsewhere
            case "901", "902" ->
                throw rejected( // global table
                        connection, code, "has no active account for this credential. Check the organisation's plan");
            default -> new Unrecognised(code, envelope.shown());
        };
    }

    /**
     * No code is documented for addresses that bounced, are blocked (B76, B77) or complained; one was seen that refuses a
     * single address (docs/zoho-notes.md, "Campaigns: subscribing"), and in the sister product it refuses any value that is
     * not valid, such as a topic. Only its text tells which of these it means. A text about the person's address is
     * remembered, since it applies to every list; a text about no address leaves the cause unknown.
     */
    private static ContactReply addressRefused(Envelope envelope) {
        String code = envelope.code();
        if (has(envelope, "spam")) {
            return new Refused(IgnoreReason.OPTED_OUT, code, true, true);
        } else if (has(envelope, "block")) {
            return new Refused(IgnoreReason.BLOCKED, code, true, true);
        } else if (has(envelope, "bounce")) {
            return new Refused(IgnoreReason.BOUNCED, code, true, true);
        } else if (has(envelope, "topic", "list") || !has(envelope, "mail", "address")) {
            return new Unrecognised(code, envelope.shown());
        }
        return new Refused(IgnoreReason.INVALID_PATTERN, code, false, true);
    }

    private static Refused refused(IgnoreReason reason, Envelope envelope, String... words) {
        return new Refused(reason, envelope.code(), false, has(envelope, words));
    }

    private static boolean has(Envelope envelope, String... words) {
        String text = envelope.message().toLowerCase(Locale.ROOT);
        return Stream.of(words).anyMatch(text::contains);
    }

    private static ZohoFault listGone(String connection, String code) {
        return rejected(
                connection,
                code,
                "no longer has the mailing list. Create it again, or use another list in the" + " purpose");
    }

    private static ZohoFault rejected(String connection, String code, String what) {
        return new ZohoFault.Rejected(code, connection + ": Zoho Campaigns " + what + " (" + code + ")");
    }

    private static ZohoFault later(String connection, String code, String method) {
        return new ZohoFault.Transient(
                connection + ": Zoho Campaigns asks for a later retry of " + method + " (" + code + ")", null);
    }
}
