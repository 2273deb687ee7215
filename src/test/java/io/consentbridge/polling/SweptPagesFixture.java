package io.consentbridge.polling;

import io.consentbridge.audience.MemberReading;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** Pages of a sweep for opt-outs, and one person who is known by a record of another module. */
abstract class SweptPagesFixture extends PollingFixture {

    static final Person PERSON = new Person("jane@c1.example.com");
    static final SweptModule CONTACTS =
            SweptModule.of("Contacts", false, Set.of("Email", "Email_Opt_Out")).orElseThrow();
    static final SweptModule LEADS =
            SweptModule.of("Leads", true, Set.of("Email", "Email_Opt_Out")).orElseThrow();

    /** How far a page of {@link #page} reaches. */
    final SweepCursor reached = new SweepCursor(
            Optional.empty(), true, Optional.of(clock.instant()), Optional.of(new Cursor(clock.instant(), "41")));

    OptOutSweep sweep;

    SweptPagesFixture(TestDatabase engine) {
        super(engine);
    }

    @BeforeEach
    void openSweep() {
        sweep = new OptOutSweep(
                null, null, null, cursors, pages, members, BasisReader.ZOHO, null, clock, lease(), Duration.ZERO);
    }

    SweptPage page(SweptModule module, CrmRecord... records) {
        return new SweptPage(module, List.of(records), reached);
    }

    static CrmRecord record(String id, String email, boolean optOut) {
        return new CrmRecord(id, Instant.EPOCH, Map.of("Email", email, "Email_Opt_Out", optOut));
    }

    static CrmRecord refusal(String id) {
        return record(id, " Jane@c1.example.com", true);
    }

    void isMember() {
        Instant reading = suppressions.beginReading();
        new MemberReading(database).listed(list.id(), reading, List.of(PERSON));
        new MemberReading(database).finishReading(list.id(), reading, 0);
    }

    List<Suppression> known() {
        return suppressions.of("main", list.id(), List.of(PERSON)).getOrDefault(PERSON, List.of());
    }

    List<Delivery> leaving() {
        return outbox.claim("main", Action.UNSUBSCRIBE, "worker", 100, LEASE);
    }
}
