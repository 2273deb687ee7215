package io.consentbridge.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.DeadLetter;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What lists, members, suppressions, holds and dead letters promise on every engine. */
@EveryEngine
class MembershipIT {

    private final TestDatabase engine;
    private OutboxFixture scene;

    MembershipIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        scene = new OutboxFixture(engine);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private long park(String run) {
        scene.enqueue(scene.draft(run, 1));
        scene.outbox.settle(List.of(new Settlement.Parked(scene.claimOne(), "2501", "refused", false)));
        return scene.deadLetters.list(10).get(0).id();
    }

    @Test
    @DisplayName("A list is remembered once, with its key, form and figures")
    void lists() {
        MailingList list = scene.lists.remember("main", "Product News", Optional.of(SignupForm.PUBLIC));
        assertThat(list.id()).isEqualTo(scene.list);
        assertThat(list.createAs()).contains(SignupForm.PUBLIC);
        scene.lists.counted(scene.list, new MailingList.Counts(4, 3, 2));
        assertThat(scene.lists.find(scene.list).orElseThrow().counts()).contains(new MailingList.Counts(4, 3, 2));
        assertThat(scene.lists.of("main")).hasSize(1);
    }

    @Test
    @DisplayName(
            "After a full reading a person who was not listed is no longer active, unless a delivery to them succeeded meanwhile")
    void members() {
        Instant first = scene.suppressions.beginReading();
        scene.reading.listed(scene.list, first, List.of(OutboxFixture.person(1), OutboxFixture.person(2)));
        scene.reading.listed(scene.list, first, List.of(OutboxFixture.person(1), OutboxFixture.person(2)));
        assertThat(scene.reading.finishReading(scene.list, first, 0)).isZero();
        scene.clock.pass(Duration.ofHours(1));
        Instant second = scene.suppressions.beginReading();
        scene.enqueue(scene.draft("run1", 3));
        scene.outbox.settle(List.of(new Settlement.Delivered(scene.claimOne(), new Outcome.New())));
        scene.reading.listed(scene.list, second, List.of(OutboxFixture.person(1)));
        assertThat(scene.reading.finishReading(scene.list, second, 0)).isEqualTo(1);
        var known = scene.members.of(
                scene.list, List.of(OutboxFixture.person(1), OutboxFixture.person(2), OutboxFixture.person(3)));
        assertThat(known.get(OutboxFixture.person(1)).active()).isTrue();
        assertThat(known.get(OutboxFixture.person(2)).active()).isFalse();
        assertThat(known.get(OutboxFixture.person(3)).active()).isTrue();
        assertThat(scene.lists.find(scene.list).orElseThrow().membersReadAt()).contains(second);
    }

    @Test
    @DisplayName("Two readings at once keep each other's results, in either sequence of their ends (B76)")
    void readingsAtOnce() {
        List<Person> here = List.of(OutboxFixture.person(1));
        List<Person> left = List.of(OutboxFixture.person(2));
        Instant earlier = scene.suppressions.beginReading();
        scene.clock.pass(Duration.ofSeconds(1));
        Instant later = scene.suppressions.beginReading();
        for (Instant reading : List.of(later, earlier)) {
            scene.reading.listed(scene.list, reading, here);
            scene.suppressions.listed(scene.list, reading, IgnoreReason.OPTED_OUT, left);
        }

        for (Instant reading : List.of(later, earlier)) {
            assertThat(scene.reading.finishReading(scene.list, reading, 0)).isZero();
            scene.suppressions.finishReading(scene.list, reading);
        }
        assertThat(scene.members
                        .of(scene.list, here)
                        .get(OutboxFixture.person(1))
                        .active())
                .isTrue();
        assertThat(scene.suppressions.of("main", scene.list, left)).containsOnlyKeys(OutboxFixture.person(2));
    }

    private void left(IgnoreReason reason) {
        scene.clock.pass(Duration.ofHours(1));
        Instant reading = scene.suppressions.beginReading();
        scene.suppressions.listed(scene.list, reading, reason, List.of(OutboxFixture.person(1)));
        scene.suppressions.finishReading(scene.list, reading);
    }

    private IgnoreReason reason() {
        return scene.suppressions
                .of("main", scene.list, List.of(OutboxFixture.person(1)))
                .get(OutboxFixture.person(1))
                .get(0)
                .reason();
    }

    @Test
    @DisplayName(
            "A person who unsubscribed has refused even if their address bounces later; a refusal outweighs a bounce")
    void graverStays() {
        left(IgnoreReason.OPTED_OUT);
        left(IgnoreReason.BOUNCED);
        assertThat(reason()).isEqualTo(IgnoreReason.OPTED_OUT);
    }

    @Test
    @DisplayName("An address that bounced and then unsubscribes has refused, and so has one of two spellings")
    void refusalOutweighsABounce() {
        left(IgnoreReason.BOUNCED);
        assertThat(reason()).isEqualTo(IgnoreReason.BOUNCED);
        left(IgnoreReason.OPTED_OUT);
        assertThat(reason()).isEqualTo(IgnoreReason.OPTED_OUT);
    }

    @Test
    @DisplayName("A later reply does not weaken an earlier reply of Campaigns about a person, in one batch or in two")
    void replyIsNotWeakened() {
        Suppression never = new Suppression(
                "main",
                OutboxFixture.person(1),
                Suppression.EVERY_LIST,
                Suppression.REPLY,
                IgnoreReason.DO_NOT_MAIL,
                Instant.EPOCH);
        Suppression bounced = new Suppression(
                "main",
                OutboxFixture.person(1),
                Suppression.EVERY_LIST,
                Suppression.REPLY,
                IgnoreReason.BOUNCED,
                Instant.EPOCH);
        scene.suppressions.add(List.of(never, bounced));
        assertThat(reason()).isEqualTo(IgnoreReason.DO_NOT_MAIL);
        scene.suppressions.add(List.of(bounced));
        assertThat(reason()).isEqualTo(IgnoreReason.DO_NOT_MAIL);
    }

    @Test
    @DisplayName("A person that the connector removed has not refused, so their bounce counts as a bounce")
    void takenOffAndBounced() {
        scene.enqueue(scene.draft("run1", "r1", 1, Action.UNSUBSCRIBE, "fp"));
        scene.database.change(handle -> handle.execute(
                "insert into list_member (list_id, person_id, active, taken_off) select ?, id, false, true from person"
                        + " where address = 'p1@example.com'",
                scene.list));
        left(IgnoreReason.OPTED_OUT);
        left(IgnoreReason.BOUNCED);
        assertThat(reason()).isEqualTo(IgnoreReason.BOUNCED);
    }

    private void deliver(String run, String fingerprint, Map<String, String> contactInfo) {
        scene.enqueue(new DraftBuilder(scene.list, OutboxFixture.person(1))
                .content(new Content(contactInfo, List.of("News"), "ConsentBridge"))
                .fingerprint(fingerprint)
                .run(run)
                .build());
        scene.outbox.settle(List.of(new Settlement.Delivered(scene.claimOne(), new Outcome.New())));
    }

    private boolean covers(List<String> topics, Map<String, String> contactInfo) {
        return scene.member(1)
                .flatMap(Member::last)
                .filter(last -> last.covers("another", new Content(contactInfo, topics, null)))
                .isPresent();
    }

    @Test
    @DisplayName(
            "B115: Campaigns keeps values that are not sent, so only a different value or different topics are a change")
    void whatCampaignsHolds() {
        List<String> topics = List.of("News");
        deliver("run1", "fp1", Map.of("Company", "Zylker", "Phone", "1"));
        assertThat(covers(topics, Map.of("Company", "Zylker"))).isTrue();
        assertThat(covers(topics, Map.of("Company", "Zylker", "Phone", "2"))).isFalse();
        assertThat(covers(topics, Map.of("Company", "Zylker", "Phone", ""))).isFalse();
        assertThat(covers(topics, Map.of("Company", "Zylker", "Fax", ""))).isFalse();
        assertThat(covers(List.of("News", "Fairs"), Map.of("Company", "Zylker")))
                .isFalse();
        assertThat(covers(List.of(), Map.of("Company", "Zylker"))).isFalse();

        deliver("run2", "fp2", Map.of("Phone", "2"));
        assertThat(covers(topics, Map.of("Company", "Zylker", "Phone", "2")))
                .as("the company was left as it was")
                .isTrue();
        assertThat(covers(topics, Map.of("Company", "Zylker", "Phone", "1"))).isFalse();

        Instant reading = scene.suppressions.beginReading().plusSeconds(1);
        scene.reading.finishReading(scene.list, reading, 0);
        deliver("run3", "fp3", Map.of("Phone", "2"));
        assertThat(covers(topics, Map.of("Company", "Zylker")))
                .as("who was off the list may have been deleted in Campaigns")
                .isFalse();
    }

    @Test
    @DisplayName(
            "The result of a reading of leavers stays, and another reading changes nothing that others already report (B76)")
    void suppressions() {
        Instant first = scene.suppressions.beginReading();
        scene.suppressions.listed(
                scene.list, first, IgnoreReason.BOUNCED, List.of(OutboxFixture.person(1), OutboxFixture.person(2)));
        scene.suppressions.finishReading(scene.list, first);
        scene.suppressions.add(List.of(new Suppression(
                "main", OutboxFixture.person(1), 0, "crm:Leads:1", IgnoreReason.OPTED_OUT, scene.clock.instant())));
        scene.clock.pass(Duration.ofHours(1));
        Instant second = scene.suppressions.beginReading();
        scene.suppressions.listed(scene.list, second, IgnoreReason.BOUNCED, List.of(OutboxFixture.person(1)));
        scene.suppressions.finishReading(scene.list, second);
        var found =
                scene.suppressions.of("main", scene.list, List.of(OutboxFixture.person(1), OutboxFixture.person(2)));
        assertThat(found.get(OutboxFixture.person(2)))
                .as("who is not listed any more, as after a purge")
                .extracting(Suppression::reason)
                .containsExactly(IgnoreReason.BOUNCED);
        assertThat(found.get(OutboxFixture.person(1)))
                .extracting(Suppression::reason)
                .containsExactly(IgnoreReason.OPTED_OUT, IgnoreReason.BOUNCED);
        assertThat(found.get(OutboxFixture.person(1)).get(1).since()).isEqualTo(first);
        scene.database.change(handle ->
                scene.suppressions.replace(handle, "main", Map.of("crm:Leads:1", scene.clock.instant()), List.of()));
        assertThat(scene.suppressions.of(OutboxFixture.person(1))).hasSize(1);
    }

    @Test
    @DisplayName("An earlier modification of a CRM record that is stored late does not overwrite a later one")
    void olderReading() {
        Instant early = scene.clock.instant();
        Instant late = early.plusSeconds(60);
        says(late, IgnoreReason.OPTED_OUT);
        says(early, IgnoreReason.BLOCKED);
        assertThat(scene.suppressions.of(OutboxFixture.person(1)))
                .extracting(Suppression::reason)
                .containsExactly(IgnoreReason.OPTED_OUT);

        says(late.plusSeconds(1), IgnoreReason.BLOCKED);
        assertThat(scene.suppressions.of(OutboxFixture.person(1)))
                .extracting(Suppression::reason)
                .containsExactly(IgnoreReason.BLOCKED);
    }

    private void says(Instant modified, IgnoreReason reason) {
        scene.database.change(handle -> scene.suppressions.replace(
                handle,
                "main",
                Map.of("crm:Leads:1", modified),
                List.of(new Suppression("main", OutboxFixture.person(1), 0, "crm:Leads:1", reason, modified))));
    }

    @Test
    @DisplayName("A person who left a deleted list stays suppressed on the list that gets its name")
    void formerList() {
        Instant first = scene.suppressions.beginReading();
        scene.suppressions.listed(scene.list, first, IgnoreReason.OPTED_OUT, List.of(OutboxFixture.person(1)));
        scene.suppressions.finishReading(scene.list, first);
        scene.lists.missing(
                scene.list, scene.lists.find(scene.list).orElseThrow().key());
        scene.lists.missing(
                scene.list, scene.lists.find(scene.list).orElseThrow().key());
        scene.lists.found(scene.list, "another key");
        scene.clock.pass(Duration.ofHours(1));
        Instant second = scene.suppressions.beginReading();

        scene.suppressions.finishReading(scene.list, second);
        assertThat(scene.suppressions.of("main", scene.list, List.of(OutboxFixture.person(1))))
                .containsOnlyKeys(OutboxFixture.person(1));
        assertThat(scene.suppressions.of(OutboxFixture.person(1)))
                .extracting(Suppression::origin)
                .containsExactly(Suppression.CAMPAIGNS);
    }

    @Test
    @DisplayName("The backoff of a connection grows from the shortest to the longest, and a success ends it")
    void backoffs() {
        for (int seconds : new int[] {10, 20, 40, 60, 60}) {
            assertThat(scene.backoff.begin("main", "503").until())
                    .isEqualTo(scene.clock.instant().plusSeconds(seconds));
            scene.backoff.begin("main", "again");
            assertThat(scene.backoff.current("main").orElseThrow().because()).isEqualTo("503");
            scene.clock.pass(Duration.ofSeconds(seconds));
            assertThat(scene.backoff.current("main")).isEmpty();
        }
        scene.backoff.succeeded("main");
        assertThat(scene.backoff.begin("main", "503").until())
                .isEqualTo(scene.clock.instant().plusSeconds(10));
    }

    @Test
    @DisplayName(
            "A dead letter that fails again keeps its number; one that succeeds is removed and its record is settled")
    void roundTrip() {
        long id = park("run1");
        assertThat(scene.fate("run1", "r1")).isEqualTo("dead-lettered null refused");
        assertThat(scene.deadLetters.replay(List.of(id))).containsExactly(new DeadLetters.Answer(id, Optional.empty()));
        assertThat(scene.deadLetters.replay(List.of(id)).get(0).refused()).isPresent();
        assertThat(scene.deadLetters.discard(List.of(id)).get(0).refused()).isPresent();
        Delivery again = scene.claimOne();
        assertThat(again.deadLetter()).contains(id);
        scene.outbox.settle(List.of(new Settlement.Parked(again, "2501", "still", false)));
        DeadLetter letter = scene.deadLetters.show(id).orElseThrow();
        assertThat(letter.replayed()).isEqualTo(1);
        assertThat(letter.history().lines()).hasSize(2);
        scene.deadLetters.replay(List.of(id));
        scene.outbox.settle(List.of(new Settlement.Delivered(scene.claimOne(), new Outcome.New())));
        assertThat(scene.deadLetters.count()).isZero();
        assertThat(scene.fate("run1", "r1")).isEqualTo("new null null");
    }

    @Test
    @DisplayName("Dead letters are listed newest first, and their numbers ascending from any given number")
    void order() {
        long first = park("run1");
        scene.enqueue(scene.draft("run2", 2));
        scene.outbox.settle(List.of(new Settlement.Parked(scene.claimOne(), "2501", "refused", false)));
        assertThat(scene.deadLetters.list(10))
                .extracting(DeadLetter::id)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(scene.deadLetters.numbers(0, 10)).hasSize(2).startsWith(first);
        assertThat(scene.deadLetters.numbers(first, 10)).hasSize(1).doesNotContain(first);
    }

    @Test
    @DisplayName("A newer decision removes the dead letter, also during its replay")
    void superseded() {
        long id = park("run1");
        scene.deadLetters.replay(List.of(id));
        scene.enqueue(scene.draft("run2", 1));
        assertThat(scene.deadLetters.show(id)).isEmpty();
        assertThat(scene.claimOne().deadLetter()).isEmpty();
    }

    @Test
    @DisplayName("A person who must no longer be mailed is not replayed; a discarded dead letter is gone")
    void notReplayed() {
        long id = park("run1");
        scene.suppressions.add(List.of(new Suppression(
                "main", OutboxFixture.person(1), 0, "reply", IgnoreReason.DO_NOT_MAIL, scene.clock.instant())));
        assertThat(scene.deadLetters.replay(List.of(id)).get(0).refused().orElseThrow())
                .contains("must no longer be mailed");
        assertThat(scene.deadLetters.discard(List.of(id, 4711L)))
                .extracting(answer -> answer.refused().isEmpty())
                .containsExactly(true, false);
        assertThat(scene.deadLetters.count()).isZero();
    }
}
