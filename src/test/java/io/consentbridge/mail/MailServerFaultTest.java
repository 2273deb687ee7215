package io.consentbridge.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailServerFaultTest {

    private static String told(Exception failure) {
        return MailServerFault.of("Its server", "mail.bounces", failure).getMessage();
    }

    @Test
    @DisplayName("Of what a server of mail says only the code is told, because its words may quote people")
    void words() {
        assertThat(told(new MessagingException("A5 NO the mailbox of ann.doe@example.com is locked")))
                .isEqualTo(
                        "Its server cannot be reached: MessagingException (what the server said is left out, because it"
                                + " may quote a person)");
        assertThat(told(new MessagingException(
                        "Could not connect to SMTP host: mail.example.com, port: 25, response: 421")))
                .startsWith("Its server cannot be reached: MessagingException, code 421 (");
    }

    @Test
    @DisplayName("Why no connection is made is told as Java says it, and a missing folder with its setting")
    void connection() {
        assertThat(told(new MessagingException("ann.doe@example.com", new ConnectException("Connection refused"))))
                .isEqualTo("Its server cannot be reached: Connection refused");
        assertThat(told(new FolderNotFoundException(null, "ann.doe@example.com/Reports")))
                .isEqualTo("Its server has no such folder. Correct mail.bounces.folder");
    }
}
