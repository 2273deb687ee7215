package io.consentbridge.sandbox.mail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapServer;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.util.Optional;

/**
 * The mail servers of the sandbox on loopback: SMTP, which takes mails from everybody, and IMAP, where each address is a user
 * with any password. They start when they are first asked for.
 */
public final class MailServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final long TO_START_MILLIS = 10_000;

    private final Postbox postbox;
    private final MailBehaviour behaviour = new MailBehaviour();
    private final Clicks clicks;
    private Managers managers;
    private AbstractServer smtp;
    private AbstractServer imap;
    private int smtpPort;

    public MailServer(Clock clock) {
        postbox = new Postbox(clock);
        clicks = new Clicks(postbox);
    }

    /** Returns the mails that it took. */
    public Postbox postbox() {
        return postbox;
    }

    /** Returns the people who answer. */
    public Clicks clicks() {
        return clicks;
    }

    /** Returns how it treats mails. */
    public MailBehaviour behaviour() {
        return behaviour;
    }

    /** Returns the port of SMTP, also while it is down. */
    public synchronized int smtpPort() {
        up();
        return smtpPort;
    }

    /** Returns the port of IMAP. */
    public synchronized int imapPort() {
        up();
        return imap.getPort();
    }

    /** Lets SMTP refuse connections, or take them again on the same port. */
    public synchronized void down(boolean down) {
        up();
        if (down) {
            smtp.stopService();
        } else if (!smtp.isRunning()) {
            smtp = started(new SmtpServer(setup(smtpPort, ServerSetup.PROTOCOL_SMTP), managers));
        }
    }

    /** Forgets all mails and rules; the ports stay. */
    public synchronized void reset() {
        postbox.clear();
        behaviour.behave();
        if (managers != null) {
            down(false);
        }
    }

    @Override
    public synchronized void close() {
        if (managers != null) {
            smtp.stopService();
            imap.stopService();
        }
    }

    private void up() {
        if (managers != null) {
            return;
        }
        managers = new Receiving();
        UserManager users = managers.getUserManager();
        users.setAuthRequired(false);
        users.setMessageDeliveryHandler(this::receive);
        smtp = started(new SmtpServer(setup(0, ServerSetup.PROTOCOL_SMTP), managers));
        imap = started(new ImapServer(setup(0, ServerSetup.PROTOCOL_IMAP), managers));
        smtpPort = smtp.getPort();
    }

    private static ServerSetup setup(int port, String protocol) {
        return new ServerSetup(port, LOOPBACK, protocol);
    }

    private static AbstractServer started(AbstractServer server) {
        try {
            server.setDaemon(true);
            server.startService();
            if (server.waitTillRunning(TO_START_MILLIS)) {
                return server;
            }
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the mail server of the sandbox does not start");
    }

    private GreenMailUser receive(MovingMessage message, MailAddress recipient)
            throws MessagingException, UserException {
        String returnPath =
                message.getReturnPath() == null ? "" : message.getReturnPath().getEmail();
        ReceivedMail mail = postbox.add(returnPath, recipient.getEmail(), message.getMessage());
        Optional<String> status = behaviour.comesBack(recipient.getEmail());
        if (status.isPresent()) {
            user(returnPath).deliver(BounceReport.about(mail, status.get()));
        }
        return user(recipient.getEmail());
    }

    private synchronized GreenMailUser user(String address) throws UserException {
        UserManager users = managers.getUserManager();
        GreenMailUser known = users.getUserByEmail(address);
        return known == null ? users.createUser(address, address, "any") : known;
    }

    /** Asks the behaviour about each recipient. */
    private final class Receiving extends Managers {

        private final SmtpManager manager = new SmtpManager(getImapHostManager(), getUserManager()) {
            @Override
            public String checkRecipient(SmtpState state, MailAddress recipient) {
                return behaviour.reply(recipient.getEmail());
            }
        };

        @Override
        public SmtpManager getSmtpManager() {
            return manager;
        }
    }
}
