package io.consentbridge.confirmation.mail;

/** A mail was not sent, or perhaps it was. Its message and code contain nothing of a person. */
public abstract sealed class MailFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    private MailFault(String message, String code, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Returns the reply code of the server, such as {@code 550 5.1.1}, or a word when there is none. */
    public String code() {
        return code;
    }

    /** The server cannot be reached, refuses the credential, or refuses every mail: nothing was sent, and others wait too. */
    public static final class Unreached extends MailFault {
        private static final long serialVersionUID = 1L;

        Unreached(String message, String code, Throwable cause) {
            super(message, code, cause);
        }
    }

    /** The server does not take this mail now: nothing was sent. */
    public static final class Temporary extends MailFault {
        private static final long serialVersionUID = 1L;

        Temporary(String code) {
            super("The mail server takes the mail later: " + code, code, null);
        }
    }

    /** The server refuses the recipient for good: nothing was sent, and the request counts as bounced. */
    public static final class Refused extends MailFault {
        private static final long serialVersionUID = 1L;

        Refused(String code) {
            super("The mail server refuses the recipient: " + code, code, null);
        }
    }

    /** The connection was lost while the mail was on its way. It is not sent again, because it was perhaps sent. */
    public static final class PerhapsSent extends MailFault {
        private static final long serialVersionUID = 1L;

        PerhapsSent(Throwable cause) {
            super("The connection to the mail server was lost while a mail was on its way", "lost", cause);
        }
    }
}
