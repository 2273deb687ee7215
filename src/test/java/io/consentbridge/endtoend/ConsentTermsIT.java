package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.PreviewLine;
import io.consentbridge.api.RunView;
import io.consentbridge.store.EveryEngine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When a purpose or sync says another thing of consent, or of its list, everybody is looked at again. */
@EveryEngine
class ConsentTermsIT extends ConsentingFixture {

    @Test
    @DisplayName(
            "B12: with consentLost: keep members stay; after a change to unsubscribe they leave without a change of their record")
    void keep() {
        consenting("kept", "consentLost: keep");
        String id = contact("kept-one", "kept", OBTAINED);
        bridge.complete("kept");
        says(id, "Consent - Pending");
        bridge.complete("kept");
        assertThat(statuses("kept")).containsEntry(email("kept-one"), "active");
        consenting("kept", "consentLost: unsubscribe");

        RunView run = bridge.complete("kept");

        assertThat(statuses("kept")).containsEntry(email("kept-one"), "unsub");
        assertThat(run.total()).isEqualTo(1);
        assertThat(run.ignored()).containsEntry("consent-withheld", 1L);
    }

    @Test
    @DisplayName(
            "B8, B12: when a purpose's basis becomes consent, check says how many people leave, and the next run checks everybody, under the brake")
    void basisChanges() {
        bridge.files().purpose("based").sync("based", "Contacts", of("based"));
        bridge.reload();
        bridge.zoho().forward("PT-1H");
        for (int i = 0; i < 25; i++) {
            contact("based" + i, "based", i < 3 ? OBTAINED : "Contract");
        }
        bridge.zoho().forward("PT1H");
        bridge.complete("based");
        bridge.files()
                .purpose("based", "lawfulBasis: consent")
                .sync("based", "Contacts", of("based"), "consent: expressed", "evidence: basis");

        assertThat(bridge.operations().check().checked())
                .anyMatch(line -> line.contains("sync based:") && line.contains("22 of 25"));
        bridge.reload();
        Bridge.Previewed preview = bridge.preview("based", false);
        assertThat(preview.view().message()).contains("22 people who would leave");
        assertThat(preview.lines())
                .filteredOn(line -> "unsubscribe".equals(line.action()))
                .extracting(PreviewLine::person)
                .hasSize(22)
                .doesNotContain(email("based0"));

        RunView braked = bridge.run("based");

        assertThat(braked.state()).isEqualTo("braked");
        assertThat(braked.full()).as("no limit on full runs counts it").isFalse();
        assertThat(braked.message()).contains("22 people who would leave", "22 no longer with consent");
        assertThat(statuses("based")).doesNotContainValue("unsub");
        bridge.operations().allowRemovals("based", 22);
        bridge.awaitDeliveries();
        assertThat(statuses("based").values().stream().filter("active"::equals)).hasSize(3);
        assertThat(statuses("based")).containsEntry(email("based0"), "active");
        bridge.zoho().forgetCalls();
        RunView quiet = bridge.complete("based");
        assertThat(quiet.total()).as("nobody is decided anew twice").isZero();
    }

    @Test
    @DisplayName(
            "B113: when a sync becomes non-marketing its members stay by default and leave with consentLost: unsubscribe")
    void nonMarketing() {
        bridge.files().purpose("wide").sync("wide", "Contacts", of("wide"));
        bridge.reload();
        contact("wide-one", "wide", "Contract");
        bridge.complete("wide");
        bridge.files().sync("wide", "Contacts", of("wide"), "subscription: non-marketing");
        bridge.reload();
        bridge.complete("wide");
        assertThat(statuses("wide")).containsEntry(email("wide-one"), "active");
        bridge.files().sync("wide", "Contacts", of("wide"), "subscription: non-marketing", "consentLost: unsubscribe");
        bridge.reload();

        bridge.complete("wide");

        assertThat(statuses("wide")).containsEntry(email("wide-one"), "unsub");
    }

    @Test
    @DisplayName("B8: when a purpose's basis becomes one that needs no consent, withheld people are delivered")
    void basisChangesBack() {
        consenting("freed");
        bridge.zoho().forward("PT-1H");
        contact("freed-one", "freed", "Contract");
        bridge.zoho().forward("PT1H");
        bridge.complete("freed");
        assertThat(statuses("freed")).isEmpty();
        bridge.files().purpose("freed").sync("freed", "Contacts", of("freed"));
        bridge.reload();

        bridge.complete("freed");

        assertThat(statuses("freed")).containsEntry(email("freed-one"), "active");
    }

    @Test
    @DisplayName("B25: when a purpose gets another list, everybody is delivered to it, including unchanged records")
    void anotherList() {
        bridge.files().purpose("relisted").sync("relisted", "Contacts", of("relisted"));
        bridge.reload();
        bridge.zoho().forward("PT-1H");
        contact("relisted-one", "relisted", "Contract");
        bridge.zoho().forward("PT1H");
        bridge.complete("relisted");
        bridge.files().purpose("relisted", "list: relisted anew");
        bridge.reload();

        bridge.complete("relisted");

        assertThat(statuses("relisted anew")).containsEntry(email("relisted-one"), "active");
    }

    @Test
    @DisplayName("B8, B12: when an organisation's own words change, the next run checks everybody again")
    void ownWordsChange() {
        bridge.files().purpose("worded").sync("worded", "Contacts", of("worded"));
        bridge.reload();
        bridge.zoho().forward("PT-1H");
        contact("worded-one", "worded", "Vereinbarung");
        bridge.zoho().forward("PT1H");
        bridge.complete("worded");
        assertThat(statuses("worded")).isEmpty();
        bridge.files().set("CONSENT_WORDS_CONTRACT", "Vereinbarung");
        bridge.reopen();

        bridge.complete("worded");

        assertThat(statuses("worded")).containsEntry(email("worded-one"), "active");
    }
}
