package io.consentbridge.zoho;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The reason why a call to Zoho did not return what was asked for. Whether it is worth repeating is decided here, at the
 * source, and nowhere else. Messages contain no personal data and no secret.
 */
public abstract sealed class ZohoFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private ZohoFault(String message, Throwable cause) {
        super(message, cause);
    }

    /** A fault that may pass soon: a broken connection, a 5xx, HTML, a truncated body. */
    public static final class Transient extends ZohoFault {
        private static final long serialVersionUID = 1;

        public Transient(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A credential that Zoho refuses; nothing works until a person mends it. */
    public static final class Credential extends ZohoFault {
        private static final long serialVersionUID = 1;
        private final String method;

        public Credential(String message) {
            this(null, message);
        }

        /** A refusal by one method only, which may mean that the credential lacks its scope. */
        public Credential(String method, String message) {
            super(message, null);
            this.method = method;
        }

        /** The refused method; empty if no access token is given at all. */
        public Optional<String> method() {
            return Optional.ofNullable(method);
        }
    }

    /** A limit that is reached, or would be: nothing of {@link #method()} may be sent before {@link #until()}. */
    public static final class Throttled extends ZohoFault {
        private static final long serialVersionUID = 1;
        private final String method;
        private final Instant until;

        /** A limit for the whole connection, such as that of new tokens. */
        public Throttled(String message, Instant until) {
            this(null, message, until);
        }

        /** A limit for one method, such as {@code json/listsubscribe}; others may be called. */
        public Throttled(String method, String message, Instant until) {
            super(message, null);
            this.method = method;
            this.until = until;
        }

        /** The limited method; empty for the whole connection. */
        public Optional<String> method() {
            return Optional.ofNullable(method);
        }

        public Instant until() {
            return until;
        }

        /** The time from {@code now} until the limit ends; zero if it has ended. */
        public Duration from(Instant now) {
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        }
    }

    /** A request that is wrong or refused for good: an unknown module, a missing scope, a deleted list. */
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

        /** A refusal because the credential lacks the scope for the method. */
        public static Rejected byScope(String method, String message) {
            return new Rejected(Scopes.MISMATCH, method, message);
        }

        /** The method for which the credential lacks the scope; empty if the refusal has another reason. */
        public Optional<String> unscoped() {
            return Optional.ofNullable(unscoped);
        }

        /** Zoho's code, such as {@code INVALID_MODULE} or {@code 2501}. */
        public String code() {
            return code;
        }
    }

    /** A call that was not made, because this process ends; the next process makes it. */
    public static final class Stopped extends ZohoFault {
        private static final long serialVersionUID = 1;

        Stopped(String message) {
            super(message, null);
        }
    }

    /** A call that was not made, because the claim of what it is about has ended: another process may make it by now. */
    public static final class ClaimEnded extends ZohoFault {
        private static final long serialVersionUID = 1;

        public ClaimEnded(String message) {
            super(message, null);
        }
    }

    /** A page walk that cannot continue and must begin again (docs/zoho-notes.md, "CRM: error codes"). */
    public static final class PageLost extends ZohoFault {
        private static final long serialVersionUID = 1;

        public PageLost(String message) {
            super(message, null);
        }
    }
}
