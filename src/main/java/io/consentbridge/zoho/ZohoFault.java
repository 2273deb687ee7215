package io.consentbridge.zoho;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a call to Zoho did not bring what was asked for; whether it is worth trying again is decided here, at the source,
 * and nowhere else. Messages hold no personal data and no secret.
 */
public abstract sealed class ZohoFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private ZohoFault(String message, Throwable cause) {
        super(message, cause);
    }

    /** Worth trying again soon: a broken connection, a 5xx, HTML, a truncated body. */
    public static final class Transient extends ZohoFault {
        private static final long serialVersionUID = 1;

        public Transient(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Zoho refuses the credential; nothing works until a person mends it. */
    public static final class Credential extends ZohoFault {
        private static final long serialVersionUID = 1;
        private final String method;

        public Credential(String message) {
            this(null, message);
        }

        /** One method says so, which may mean that the credential lacks the scope for it alone. */
        public Credential(String method, String message) {
            super(message, null);
            this.method = method;
        }

        /** The method that was refused; empty when no access token is given at all. */
        public Optional<String> method() {
            return Optional.ofNullable(method);
        }
    }

    /** A limit was overrun, or would be: nothing of {@link #method()} may be sent before {@link #until()}. */
    public static final class Throttled extends ZohoFault {
        private static final long serialVersionUID = 1;
        private final String method;
        private final Instant until;

        /** Everything of the connection waits, such as for a new token. */
        public Throttled(String message, Instant until) {
            this(null, message, until);
        }

        /** One method waits, such as {@code json/listsubscribe}; others may be called. */
        public Throttled(String method, String message, Instant until) {
            super(message, null);
            this.method = method;
            this.until = until;
        }

        /** The method that waits; empty when all do. */
        public Optional<String> method() {
            return Optional.ofNullable(method);
        }

        public Instant until() {
            return until;
        }

        /** How long that is from {@code now}; zero when it is over. */
        public Duration from(Instant now) {
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        }
    }

    /** The request is wrong or forbidden and stays so: an unknown module, a missing scope, a list that is gone. */
    public static final class Rejected extends ZohoFault {
        private static final long serialVersionUID = 1;
        private final String code;
        private final String unscoped;

        public Rejected(String code, String message) {
            this(code, null, message);
        }

        private Rejected(String code, String unscoped, String message) {
            super(message, null);
            this.code = code;
            this.unscoped = unscoped;
        }

        /** The credential lacks the scope for the method. */
        public static Rejected byScope(String method, String message) {
            return new Rejected(Scopes.MISMATCH, method, message);
        }

        /** The method for which the credential lacks the scope; empty when it is refused for another reason. */
        public Optional<String> unscoped() {
            return Optional.ofNullable(unscoped);
        }

        /** Zoho's code, such as {@code INVALID_MODULE} or {@code 2501}. */
        public String code() {
            return code;
        }
    }

    /** The call was never made, because this process ends; it is for the next one to make. */
    public static final class Stopped extends ZohoFault {
        private static final long serialVersionUID = 1;

        Stopped(String message) {
            super(message, null);
        }
    }

    /** A page walk cannot go on where it stopped and has to begin again (docs/zoho-notes.md, "CRM: error codes"). */
    public static final class PageLost extends ZohoFault {
        private static final long serialVersionUID = 1;

        public PageLost(String message) {
            super(message, null);
        }
    }
}
