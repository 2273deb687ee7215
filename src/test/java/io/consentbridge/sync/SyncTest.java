package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.sync.Selection.CreatedRange;
import io.consentbridge.sync.Selection.Each;
import io.consentbridge.sync.Selection.Kind;
import io.consentbridge.sync.Selection.View;
import io.consentbridge.sync.Sync.ConsentLost;
import io.consentbridge.sync.Sync.ConvertedLeads;
import io.consentbridge.sync.Sync.EvidenceDepth;
import io.consentbridge.sync.Sync.LeaverAction;
import io.consentbridge.sync.Sync.Retrieve;
import io.consentbridge.sync.Sync.SecondaryAddresses;
import io.consentbridge.sync.Sync.Subscription;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a sync says. */
class SyncTest {

    private static final Optional<CreatedRange> THIS_YEAR =
            Optional.of(new CreatedRange(LocalDate.of(2026, 1, 1), null));
    private static final SyncPart HOT = new SyncPart("news", "12", "Hot leads");

    @Test
    @DisplayName("B39, B47-B50: a recurring sync treats leavers as it says, and reads everything as often as it says")
    void recurring() {
        Sync sync = retrieving(Retrieve.NEW_OR_MODIFIED);

        assertThat(sync.whenDeleted()).isEqualTo(LeaverAction.REMOVE);
        assertThat(sync.whenUnmatched()).isEqualTo(LeaverAction.UNSUBSCRIBE);
        assertThat(sync.whenFullScan()).isEqualTo(FullScan.WEEK);
    }

    @Test
    @DisplayName("B40, B50: a one-time sync ignores leavers and never reads everything by itself")
    void once() {
        Sync sync = retrieving(Retrieve.ONCE);

        assertThat(sync.whenDeleted()).isEqualTo(LeaverAction.IGNORE);
        assertThat(sync.whenUnmatched()).isEqualTo(LeaverAction.IGNORE);
        assertThat(sync.whenFullScan()).isEqualTo(FullScan.NEVER);
    }

    @Test
    @DisplayName("Lost consent removes people where the purpose rests on consent, unless the sync says otherwise")
    void consentLost() {
        assertThat(news().consent(ConsentSetting.EXPRESSED).build().whenConsentLost())
                .isEqualTo(ConsentLost.UNSUBSCRIBE);
        assertThat(news().build().whenConsentLost()).isEqualTo(ConsentLost.KEEP);
        assertThat(news().consent(ConsentSetting.REQUIRED)
                        .consentLost(ConsentLost.KEEP)
                        .build()
                        .whenConsentLost())
                .isEqualTo(ConsentLost.KEEP);
        assertThat(news().consentLost(ConsentLost.UNSUBSCRIBE).build().whenConsentLost())
                .isEqualTo(ConsentLost.UNSUBSCRIBE);
    }

    @Test
    @DisplayName("The consent policy receives the purpose's basis and the sync's consent setting")
    void terms() {
        Purpose purpose = purpose("News");

        assertThat(saying(Subscription.MARKETING, EvidenceDepth.DETAILS, ConvertedLeads.EXCLUDE)
                        .terms(purpose))
                .isEqualTo(
                        new ConsentTerms(LawfulBasis.CONSENT, Optional.of(ConsentSetting.EXPRESSED), true, true, true));
        assertThat(saying(Subscription.NON_MARKETING, EvidenceDepth.BASIS, ConvertedLeads.INCLUDE)
                        .terms(purpose))
                .isEqualTo(new ConsentTerms(
                        LawfulBasis.CONSENT, Optional.of(ConsentSetting.EXPRESSED), false, false, false));
    }

    @Test
    @DisplayName("A refusal by another address of the record counts unless the sync says to ignore it")
    void secondaryAddresses() {
        assertThat(heeding(SecondaryAddresses.REFUSE).heedsSecondaryAddresses()).isTrue();
        assertThat(heeding(SecondaryAddresses.IGNORE).heedsSecondaryAddresses()).isFalse();
    }

    @Test
    @DisplayName("B104: a sync of each view or campaign has parts, and any other sync has none")
    void hasParts() {
        assertThat(selecting(new Each(Kind.VIEW, List.of())).hasParts()).isTrue();
        assertThat(selecting(new View("Hot leads")).hasParts()).isFalse();
        assertThat(selecting(new Selection.All()).hasParts()).isFalse();
    }

    @Test
    @DisplayName("B104: a part has the name sync/id, a module and a scope of its own, and otherwise equals its sync")
    void part() {
        Sync whole = selecting(new Each(Kind.VIEW, List.of()));

        Sync part = whole.part(HOT, "Leads", new View("12"));

        assertThat(part.name()).isEqualTo("news/12");
        assertThat(part.module()).isEqualTo("Leads");
        assertThat(part.selection()).isEqualTo(new Selection(new View("12"), THIS_YEAR));
        assertThat(part.part()).contains(HOT);
        assertThat(part)
                .usingRecursiveComparison()
                .ignoringFields("name", "module", "selection", "part")
                .isEqualTo(whole);
        assertThat(part.file()).as("where a person changes it").isEqualTo("news");
        assertThat(whole.file()).isEqualTo("news");
    }

    @Test
    @DisplayName("B104: a part is delivered to its own list instead of the purpose's, a whole sync to the purpose's")
    void serving() {
        Sync whole = selecting(new Each(Kind.VIEW, List.of()));

        assertThat(whole.serving(purpose("News"))).isEqualTo(purpose("News"));
        assertThat(whole.part(HOT, "Leads", new View("12")).serving(purpose("News")))
                .isEqualTo(purpose("News - Hot leads"));
    }

    @Test
    @DisplayName("B104: the list of a part has a name that Campaigns accepts: other characters become blanks")
    void listOfPart() {
        assertThat(new SyncPart("news", "12", "Hot leads (DE/AT)").list("News")).isEqualTo("News - Hot leads DE AT");
        assertThat(new SyncPart("news", "12", "Köln_2026-11").list("News")).isEqualTo("News - Köln_2026-11");
        assertThat(new SyncPart("news", "12", "★ ★").list("News"))
                .as("a label of which nothing is left")
                .isEqualTo("News - 12");
    }

    private static Purpose purpose(String list) {
        return new Purpose(
                "news",
                "Product news by e-mail",
                LawfulBasis.CONSENT,
                list,
                false,
                SignupForm.PRIVATE,
                List.of(),
                Optional.empty());
    }

    private static SyncBuilder news() {
        return new SyncBuilder("news")
                .module("Contacts")
                .mapping(new Mapping(Map.of("Phone", "Phone"), true))
                .schedule(ScheduleReader.read("day", null, "09:00"))
                .fullScan(FullScan.WEEK)
                .deleted(LeaverAction.REMOVE)
                .optedOut(LeaverAction.DO_NOT_MAIL);
    }

    private static Sync retrieving(Retrieve retrieve) {
        return news().retrieve(retrieve).build();
    }

    private static Sync saying(Subscription subscription, EvidenceDepth evidence, ConvertedLeads converted) {
        return news().consent(ConsentSetting.EXPRESSED)
                .subscription(subscription)
                .evidence(evidence)
                .convertedLeads(converted)
                .build();
    }

    private static Sync heeding(SecondaryAddresses secondary) {
        return news().secondaryAddresses(secondary).build();
    }

    private static Sync selecting(Selection.Scope scope) {
        return news().selection(new Selection(scope, THIS_YEAR)).build();
    }
}
