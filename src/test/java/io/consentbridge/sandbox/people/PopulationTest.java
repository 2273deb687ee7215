package io.consentbridge.sandbox.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sandbox.crm.schema.Catalogue;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.store.RowSource;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The generated people. */
class PopulationTest {

    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
    private final Records records = new Records(new Population(1, 100_000, NOW));

    @Test
    @DisplayName("are the same for the same seed, and others for another one")
    void repeatable() {
        RowSource leads = records.of(Catalogue.LEADS);
        RowSource same = new Records(new Population(1, 100_000, NOW)).of(Catalogue.LEADS);
        RowSource other = new Records(new Population(2, 100_000, NOW)).of(Catalogue.LEADS);
        int different = 0;
        for (int i = 0; i < 500; i++) {
            for (String field : Catalogue.LEADS.fields().keySet()) {
                assertThat(same.value(i, field)).isEqualTo(leads.value(i, field));
            }
            different += String.valueOf(other.value(i, "Full_Name")).equals(leads.value(i, "Full_Name")) ? 0 : 1;
        }
        assertThat(different).isGreaterThan(400);
    }

    @Test
    @DisplayName("are half leads, two fifths contacts and a tenth memberships")
    void modules() {
        assertThat(records.of(Catalogue.LEADS).size()).isEqualTo(50_000);
        assertThat(records.of(Catalogue.CONTACTS).size()).isEqualTo(40_000);
        assertThat(records.of(Catalogue.MEMBERSHIPS).size()).isEqualTo(10_000);
    }

    @Test
    @DisplayName("can be mailed on legitimate interest in more than four cases of five")
    void deliverable() {
        for (ModuleSpec module : List.of(Catalogue.LEADS, Catalogue.CONTACTS, Catalogue.MEMBERSHIPS)) {
            RowSource rows = records.of(module);
            Set<String> deliverable = new HashSet<>();
            for (int i = 0; i < rows.size(); i++) {
                String email = (String) rows.value(i, "Email");
                Object basis = rows.value(i, "Data_Processing_Basis");
                boolean refuses = Boolean.TRUE.equals(rows.value(i, "Email_Opt_Out"))
                        || rows.value(i, "Unsubscribed_Time") != null
                        || Boolean.TRUE.equals(rows.value(i, "Converted__s"))
                        || "Stop Processing".equals(basis)
                        || "Consent rejected".equals(basis);
                if (!refuses && email != null && email.trim().matches("[^@ ]+@[^@ ]+\\.[^@ ]+")) {
                    deliverable.add(email.trim().toLowerCase(Locale.ROOT));
                }
            }
            assertThat(deliverable.size()).isGreaterThan(rows.size() * 80 / 100);
        }
    }

    @Test
    @DisplayName("have every kind of bad address in its share")
    void addresses() {
        Population population = new Population(1, 100_000, NOW);
        int[] kinds = new int[AddressKind.values().length];
        for (int i = 0; i < 40_000; i++) {
            kinds[population.person(Population.Group.CONTACTS, i).kind().ordinal()]++;
        }
        assertThat(kinds[AddressKind.NULL.ordinal()]).isBetween(160, 320);
        assertThat(kinds[AddressKind.EMPTY.ordinal()]).isBetween(100, 230);
        assertThat(kinds[AddressKind.MALFORMED.ordinal()]).isBetween(300, 500);
        assertThat(kinds[AddressKind.GROUP.ordinal()]).isBetween(450, 680);
        assertThat(kinds[AddressKind.TWIN.ordinal()]).isBetween(680, 930);
        assertThat(kinds[AddressKind.CROSS_TWIN.ordinal()]).isBetween(380, 590);
    }

    @Test
    @DisplayName("share one second of Modified_Time by the thousand")
    void sharedSecond() {
        RowSource leads = records.of(Catalogue.LEADS);
        long shared = NOW.isAfter(Instant.parse("2026-07-01T00:00:00Z"))
                ? Instant.parse("2026-07-01T00:00:00Z").getEpochSecond() - 45 * 86_400L
                : 0;
        int together = 0;
        for (int i = 0; i < leads.size(); i++) {
            together += leads.modified(i) == shared ? 1 : 0;
        }
        assertThat(together).isGreaterThan(2_000);
    }

    @Test
    @DisplayName("have every status in Campaigns")
    void known() {
        for (CampaignsStatus status : CampaignsStatus.values()) {
            assertThat(records.known()).anyMatch(person -> person.status() == status);
        }
    }
}
