package io.consentbridge.confirmation.page;

import io.consentbridge.config.PageSettings;
import io.consentbridge.confirmation.ConfirmationToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public page. {@code GET} and {@code HEAD} show what a link leads to and change nothing, because mail programs and
 * scanners follow links; only the buttons answer, by {@code POST}. Thread-safe; may block.
 */
final class PublicPage {

    private static final Logger LOG = LoggerFactory.getLogger(PublicPage.class);

    private static final String OPEN = "/c/";
    private static final String REFUSE = "/r/";
    private static final String ANSWER = "/answer";

    private static final int OK = 200;
    private static final int BAD = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private static final int KEYS = 50_000;
    private static final int PER_TOKEN = 30;
    private static final int USER_AGENT = 256;

    private final PageRequests requests;
    private final PageSettings settings;
    private final InstantSource clock;
    private final RateLimit addresses;
    private final RateLimit tokens;

    PublicPage(PageRequests requests, PageSettings settings, InstantSource clock) {
        this.requests = requests;
        this.settings = settings;
        this.clock = clock;
        this.addresses = new RateLimit(settings.perMinute(), Duration.ofMinutes(1), KEYS, clock);
        this.tokens = new RateLimit(PER_TOKEN, Duration.ofMinutes(1), KEYS, clock);
    }

    /** Returns the path of a link. */
    static String path(ConfirmationToken token, boolean refusing) {
        return (refusing ? REFUSE : OPEN) + token.text();
    }

    PageReply reply(PageCall call) {
        ClientAddress client = ClientAddress.of(call.peer(), call.forwarded());
        if (!addresses.admits(client.counted())) {
            return tell(call, TOO_MANY, "busy").later();
        }
        try {
            return route(call, client);
        } catch (RuntimeException failed) {
            // Its message may name the statement of the database, but never the token, which no statement contains.
            LOG.error("The public page cannot read or store requests: {}", failed.getMessage());
            return tell(call, UNAVAILABLE, "unavailable").later();
        }
    }

    private PageReply route(PageCall call, ClientAddress client) {
        String path = withoutPrefix(call.path());
        boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
        if (path.equals(ANSWER)) {
            // A browser that returns to an answer asks for its address again, where the answer itself can no longer be
            // shown.
            return call.method().equals("POST")
                    ? answer(call, client)
                    : tell(call, NOT_ALLOWED, reads ? "answer" : "wrong").allowing("POST");
        }
        if (path.equals("/robots.txt") && reads) {
            return PageReply.text(OK, "User-agent: *\nDisallow: /\n");
        }
        boolean refusing = path.startsWith(REFUSE);
        if (!refusing && !path.startsWith(OPEN)) {
            return tell(call, NOT_FOUND, "unknown");
        }
        return reads
                ? show(call, path.substring(OPEN.length()), refusing)
                : tell(call, NOT_ALLOWED, "wrong").allowing("GET, HEAD");
    }

    /** A reverse proxy may pass the path of the public URL on, or remove it. */
    private String withoutPrefix(String path) {
        String prefix = settings.path();
        return !prefix.isEmpty() && path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
    }

    private PageReply show(PageCall call, String text, boolean refusing) {
        Optional<ConfirmationToken> token = ConfirmationToken.of(text);
        if (token.isEmpty()) {
            return tell(call, NOT_FOUND, "unknown");
        }
        if (!tokens.admits(token.get().hash())) {
            return tell(call, TOO_MANY, "busy").later();
        }
        Asked asked = requests.find(token.get().hash());
        boolean answered = asked.state() == LinkState.CONFIRMED || asked.state() == LinkState.REFUSED;
        return asked.state() == LinkState.OPEN
                ? PageReply.html(OK, PageHtml.ask(asked, form(token.get()), refusing))
                : tell(call, asked, token.get(), answered ? OK : GONE);
    }

    private PageReply answer(PageCall call, ClientAddress client) {
        Optional<String> word = only(call, "answer").filter(List.of("confirm", "refuse")::contains);
        Optional<String> text = only(call, "token");
        if (word.isEmpty() || text.isEmpty()) {
            return tell(call, BAD, "wrong");
        }
        Optional<ConfirmationToken> token = ConfirmationToken.of(text.get());
        if (token.isEmpty()) {
            return tell(call, NOT_FOUND, "unknown");
        }
        if (!tokens.admits(token.get().hash())) {
            return tell(call, TOO_MANY, "busy").later();
        }
        boolean agrees = word.get().equals("confirm");
        PageAnswer answer = new PageAnswer(agrees, clock.instant(), userAgent(call), kept(client));
        AnswerTaken taken = requests.answer(token.get().hash(), answer);
        Asked asked = taken.asked();
        if (taken.now()) {
            return PageReply.html(
                    OK, PageHtml.tell(asked, PageTexts.of(asked.language()), agrees ? "confirmed" : "refused"));
        }
        boolean same = asked.state() == (agrees ? LinkState.CONFIRMED : LinkState.REFUSED);
        boolean other = asked.state() == (agrees ? LinkState.REFUSED : LinkState.CONFIRMED);
        return tell(call, asked, token.get(), same ? OK : other ? CONFLICT : GONE);
    }

    /** Tells what a link leads to by which nobody can agree any more. It can still be used to say no. */
    private PageReply tell(PageCall call, Asked asked, ConfirmationToken token, int status) {
        PageTexts texts = PageTexts.of(asked.language());
        return switch (asked.state()) {
            case CONFIRMED -> PageReply.html(status, PageHtml.tell(asked, texts, "already-confirmed", form(token)));
            case EXPIRED -> PageReply.html(status, PageHtml.tell(asked, texts, "expired", form(token)));
            case REPLACED -> PageReply.html(status, PageHtml.tell(asked, texts, "replaced", form(token)));
            case REFUSED -> PageReply.html(status, PageHtml.tell(asked, texts, "already-refused"));
            case UNKNOWN -> tell(call, NOT_FOUND, "unknown");
            // An answer always ends an open request.
            case OPEN -> tell(call, UNAVAILABLE, "unavailable").later();
        };
    }

    private PageHtml.Form form(ConfirmationToken token) {
        return new PageHtml.Form(settings.path() + ANSWER, token.text());
    }

    private static PageReply tell(PageCall call, int status, String key) {
        return PageReply.html(status, PageHtml.tell(Asked.NOTHING, PageTexts.accepted(call.acceptLanguage()), key));
    }

    private String kept(ClientAddress client) {
        return switch (settings.kept()) {
            case NONE -> "";
            case TRUNCATED -> client.truncated();
            case FULL -> client.full();
        };
    }

    private static Optional<String> only(PageCall call, String field) {
        List<String> values = call.form().getOrDefault(field, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static String userAgent(PageCall call) {
        String said = call.userAgent() == null
                ? ""
                : call.userAgent().replaceAll("\\p{Cntrl}", " ").strip();
        return said.length() > USER_AGENT ? said.substring(0, USER_AGENT) : said;
    }
}
