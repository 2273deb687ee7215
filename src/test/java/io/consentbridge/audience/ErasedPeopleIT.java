package io.consentbridge.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.campaigns.ListedMember;
import io.consentbridge.consent.Person;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EveryEngine
@DisplayName("ErasedPeopleIT: erased people are recognised after the form of addresses changed")
class ErasedPeopleIT {

    private static final SealingKey KEY = SealingKey.random();

    /** As an earlier version wrote it: an invisible character made it another address. */
    private static final String SPELT = "Zerelda\u200b@Example.com";

    private static final Person TODAY = new Person(SPELT);

    private final TestDatabase engine;
    private Database database;
    private ErasedPeople people;

    ErasedPeopleIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        people = new ErasedPeople(database, () -> KEY, ErasedPeopleIT::forms);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** The rules of the earlier version. */
    private static String former(String spelling) {
        return spelling.toLowerCase(Locale.ROOT);
    }

    private static Set<String> forms(String spelling) {
        Set<String> forms = new LinkedHashSet<>(Set.of(new Person(spelling).address()));
        forms.add(former(spelling));
        return forms;
    }

    private void erased(String form) {
        database.change(handle -> handle.execute(
                "insert into erasure (asked_at, removed_at, cleaned_at) values (?, ?, ?)",
                new MovedClock().instant(),
                new MovedClock().instant(),
                new MovedClock().instant()));
        database.change(handle -> handle.execute(
                "insert into erased_subject (subject, erasure) select ?, max(id) from erasure",
                KEY.subject(form).hex()));
    }

    @Test
    @DisplayName("by a record and by a list that have the spelling of the time of the erasure")
    void asSpelt() {
        erased(former(SPELT));
        ListedMember listed = new ListedMember(TODAY, SPELT);
        ListedMember another = new ListedMember(new Person("bob@example.com"), "bob@example.com");

        assertThat(people.records("main", () -> Map.of("1", Set.of(SPELT), "2", Set.of("bob@example.com"))))
                .containsExactly("1");
        assertThat(people.among(List.of(listed, another), ListedMember::spelling))
                .containsExactly(listed);
    }

    @Test
    @DisplayName("by an address whose form did not change, and by a hash of today")
    void unchanged() {
        erased(former("Bob@Example.com"));
        erased(TODAY.address());

        assertThat(people.among(List.of(new Person("bob@example.com"), TODAY, new Person("carl@example.com"))))
                .containsExactlyInAnyOrder(new Person("bob@example.com"), TODAY);
        assertThat(people.records("main", () -> Map.of("1", Set.of(SPELT)))).containsExactly("1");
        assertThat(people.subjects(TODAY)).contains(people.subject(TODAY));
    }
}
