package io.consentbridge.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.mapping.Mapping;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is remembered of mappings on every engine. */
@EveryEngine
class MappedFieldsIT {

    private static final Mapping PHONE = mapping(false, "Phone", "Phone");
    private static final Mapping PHONE_AND_CITY = mapping(false, "Phone", "Phone", "City", "City");

    private final TestDatabase engine;
    private String url;
    private Database database;
    private MappedFields fields;

    MappedFieldsIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        url = engine.withTables();
        database = engine.reopen(url);
        fields = new MappedFields(database);
    }

    private void begin(String sync, Mapping mapping, boolean full) {
        database.change(handle -> MappedFields.begin(handle, sync, mapping, full));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    @DisplayName("B120: before the first reading nothing waits, and the initial fields need no full run")
    void firstReading() {
        assertThat(fields.waiting("s", PHONE)).isEmpty();
        begin("s", PHONE, false);
        reads();
        assertThat(fields.waiting("s", PHONE)).isEmpty();

        // It failed, and the next run finishes it with a mapping that has grown.
        begin("s", PHONE_AND_CITY, false);
        fields.end("s");
        assertThat(fields.waiting("s", PHONE_AND_CITY)).containsExactly("City");
    }

    @Test
    @DisplayName(
            "B120: a newly mapped field, or one with another source, waits for a full run through runs and restarts")
    void newlyMapped() {
        synced(PHONE);
        begin("s", PHONE_AND_CITY, false);
        fields.end("s");
        restart();
        assertThat(fields.waiting("s", PHONE_AND_CITY)).containsExactly("City");
        assertThat(fields.waiting("s", mapping(false, "Phone", "Mobile"))).containsExactly("Phone");
        assertThat(fields.waiting("s", mapping(false, "First Name", "Nickname")))
                .containsExactly("First Name");

        begin("s", PHONE_AND_CITY, true);
        fields.goOn("s", PHONE_AND_CITY);
        fields.end("s");
        restart();
        assertThat(fields.waiting("s", PHONE_AND_CITY)).isEmpty();
    }

    @Test
    @DisplayName("B120: a failed full run brings nothing, since the next run skips unchanged people")
    void failedFullRun() {
        synced(PHONE);
        begin("s", PHONE_AND_CITY, true);
        assertThat(fields.waiting("s", PHONE_AND_CITY)).containsExactly("City");

        begin("s", PHONE_AND_CITY, false);
        fields.end("s");
        assertThat(fields.waiting("s", PHONE_AND_CITY)).containsExactly("City");
    }

    @Test
    @DisplayName(
            "B120: a field that was removed and added again waits again, since changes in between did not carry it")
    void takenOutAndPutBack() {
        synced(PHONE_AND_CITY);
        begin("s", PHONE, false);
        fields.end("s");
        assertThat(fields.waiting("s", PHONE)).isEmpty();
        assertThat(fields.waiting("s", PHONE_AND_CITY)).containsExactly("City");
    }

    @Test
    @DisplayName(
            "B115, B120: updateEmptyValues waits for a full run when it is switched on, not when it is switched off")
    void updateEmptyValues() {
        synced(PHONE);
        assertThat(fields.waiting("s", mapping(true, "Phone", "Phone"))).containsExactly("updateEmptyValues");
        synced(mapping(true, "Phone", "Phone"));
        assertThat(fields.waiting("s", PHONE)).isEmpty();
        assertThat(fields.waiting("other", PHONE)).isEmpty();
    }

    private void synced(Mapping mapping) {
        begin("s", mapping, true);
        reads();
        fields.end("s");
    }

    private void reads() {
        database.change(handle -> handle.execute("""
                insert into source_record (sync, record_id, modified_at, settled, decision)
                values ('s', '1', ?, true, 'deliver')
                on conflict do nothing""", Instant.parse("2026-01-01T00:00:00Z")));
    }

    private void restart() {
        database.close();
        database = engine.reopen(url);
        fields = new MappedFields(database);
    }

    private static Mapping mapping(boolean updateEmptyValues, String... pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return new Mapping(fields, updateEmptyValues);
    }
}
