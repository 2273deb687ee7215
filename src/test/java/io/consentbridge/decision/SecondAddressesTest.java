package io.consentbridge.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which addresses a record has besides its first. */
class SecondAddressesTest {

    private static final List<String> COLUMNS = List.of("Email", "Email_Opt_Out", "Secondary_Email", "Work_Email");
    private static final CrmRecord RECORD = new CrmRecord(
            "1",
            Instant.EPOCH,
            Map.of(
                    "Email", "first@example.com",
                    "Email_Opt_Out", "flag@example.com",
                    "Secondary_Email", " Second@example.com",
                    "Work_Email", "no address"));

    @Test
    @DisplayName(
            "B52: the addresses besides Email are second addresses in normalised form; other fields of people are not")
    void second() {
        assertThat(SecondAddresses.of(RECORD, COLUMNS)).containsExactly(new Person("second@example.com"));
        assertThat(SecondAddresses.of(RECORD, List.of("Email", "Email_Opt_Out")))
                .isEmpty();
    }

    @Test
    @DisplayName("B52: the addresses of a record are that of Email, if it has one, and the second ones")
    void all() {
        assertThat(SecondAddresses.all(RECORD, COLUMNS))
                .containsExactly(new Person("first@example.com"), new Person("second@example.com"));
        assertThat(SecondAddresses.all(
                        new CrmRecord("2", Instant.EPOCH, Map.of("Secondary_Email", "second@example.com")), COLUMNS))
                .containsExactly(new Person("second@example.com"));
    }

    @Test
    @DisplayName(
            "B51: a refusal by a record belongs to its first address, else to its second, and to its former address")
    void refusers() {
        Person former = new Person("former@example.com");
        Refusers refusers = new Refusers(Map.of("1", Set.of(former)));

        assertThat(refusers.of(RECORD, COLUMNS)).containsExactly(new Person("first@example.com"), former);
        assertThat(refusers.of(
                        new CrmRecord("2", Instant.EPOCH, Map.of("Secondary_Email", "second@example.com")), COLUMNS))
                .containsExactly(new Person("second@example.com"));
    }
}
