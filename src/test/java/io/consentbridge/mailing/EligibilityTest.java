package io.consentbridge.mailing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

class EligibilityTest {

    @Example
    @Label("B137, B138, B140: chosen by source, less everybody excluded, is who will receive it")
    void addsUp() {
        Eligibility.Count count = new Eligibility.Count();
        count.add("Leads", null, true);
        count.add("Leads", Exclusion.SUPPRESSED, true);
        count.add("Contacts", Exclusion.TOPIC_CONFLICT, true);
        count.add(Eligibility.MEMBERS, null, true);

        Eligibility report = count.report(List.of());

        assertThat(report.chosen()).isEqualTo(Map.of("Leads", 2L, "Contacts", 1L, Eligibility.MEMBERS, 1L));
        assertThat(report.willReceive()).isEqualTo(2);
        assertThat(report.inWords()).isEqualTo("2");
        assertThat(report.excluded())
                .containsEntry(Exclusion.TOPIC_CONFLICT, 1L)
                .containsEntry(Exclusion.BOUNCED, 0L);
    }

    @Example
    @Label("B145: people whose topics nobody can read are counted, and the report says at most")
    void atMost() {
        Eligibility.Count count = new Eligibility.Count();
        count.add(Eligibility.MEMBERS, null, false);
        count.add(Eligibility.MEMBERS, Exclusion.BOUNCED, false);

        assertThat(count.report(List.of()).topicUnknown()).isEqualTo(1);
        assertThat(count.report(List.of()).inWords()).isEqualTo("at most 1");
        Eligibility unread = new Eligibility(Map.of("Leads", 3L), Map.of(), 0, List.of("the list's leavers"));
        assertThat(unread.inWords()).isEqualTo("at most 3");
    }

    @Example
    @Label("Figures that do not add up are no report")
    void wrong() {
        assertThatThrownBy(() -> new Eligibility(Map.of("Leads", 1L), Map.of(Exclusion.BOUNCED, 2L), 0, List.of()))
                .hasMessage("the figures do not add up");
        assertThatThrownBy(() -> new Eligibility(Map.of("Leads", 1L), Map.of(Exclusion.BOUNCED, 1L), 1, List.of()))
                .hasMessage("the figures do not add up");
    }

    @Property(tries = 200)
    @Label("Whoever is counted, chosen less excluded is who will receive it, and nobody is counted twice")
    void always(@ForAll List<Exclusion> people, @ForAll boolean known) {
        Eligibility.Count count = new Eligibility.Count();
        people.forEach(against -> count.add("Leads", against, known));
        people.forEach(against -> count.add("Contacts", null, known));

        Eligibility report = count.report(List.of());

        assertThat(report.total()).isEqualTo(2L * people.size());
        assertThat(report.willReceive()).isEqualTo(people.size());
        assertThat(report.topicUnknown()).isEqualTo(known ? 0 : people.size());
    }
}
