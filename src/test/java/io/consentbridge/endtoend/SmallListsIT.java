package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lists of few people, which the share of the brake does not protect. */
class SmallListsIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.purpose("town")
                        .sync("town", "Leads", "unmatched: unsubscribe", selecting("Graz"))
                        .purpose("half")
                        .sync("half", "Leads", selecting("Linz"))
                        .purpose("five")
                        .sync("five", "Leads", selecting("Wels")));
    }

    private static String selecting(String city) {
        return "select: {scope: criteria, conditions: [{field: Last_Name, operator: equals, value: Doe},"
                + " {field: City, operator: equals, value: " + city + "}]}";
    }

    private static List<String> people(String city, int count) {
        return bridge.zoho()
                .createAll(
                        "Leads",
                        IntStream.range(0, count)
                                .mapToObj(i -> Bridge.fields(city + i + "@c2.example.com", Map.of("City", city)))
                                .toList());
    }

    private static void delete(List<String> ids) {
        ids.forEach(id -> bridge.zoho().delete("Leads", id));
    }

    private static long active(String list) {
        return bridge.zoho().statuses(list).values().stream()
                .filter("active"::equals)
                .count();
    }

    private static RunView brake(String sync) {
        RunView run = bridge.run(sync);
        assertThat(run.state()).as(run.message()).isEqualTo("braked");
        return run;
    }

    @Test
    @DisplayName("B47: a typing error in a condition empties no list of forty; the brake names the condition")
    void typingError() {
        people("Graz", 40);
        bridge.complete("town");
        bridge.files().sync("town", "Leads", "unmatched: unsubscribe", selecting("Grraz"));
        bridge.reload();

        String foreseen = bridge.preview("town", false).view().message();
        RunView run = brake("town");

        assertThat(run.message())
                .contains("40 people who would leave", "half or more of a list of 10 or more", "40 no longer selected")
                .contains("likely cause: no record of Leads meets the condition \"City equals Grraz\"")
                .endsWith("--allow-removals 40");
        assertThat(foreseen).contains("no record of Leads meets the condition \"City equals Grraz\"");
        assertThat(active("town")).isEqualTo(40);
    }

    @Test
    @DisplayName("B47: the brake holds half of a list of ten, and not one less; opt-outs always leave")
    void half() {
        List<String> ids = people("Linz", 11);
        bridge.complete("half");
        delete(ids.subList(0, 1));
        assertThat(bridge.complete("half").deleted()).isEqualTo(1);
        delete(ids.subList(1, 6));
        assertThat(brake("half").message()).contains("5 people who would leave the list \"half\" of 10");
        assertThat(active("half")).isEqualTo(10);

        ids.subList(6, 11).forEach(id -> bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true)));
        bridge.run("half");
        assertThat(active("half")).as("opt-outs are never held").isEqualTo(5);
    }

    @Test
    @DisplayName("B47: the brake holds all of a list of five, and not four of them")
    void allOfFive() {
        List<String> ids = people("Wels", 5);
        bridge.complete("five");
        delete(ids);
        assertThat(brake("five").message()).contains("all of a list of 5 or more");
        assertThat(active("five")).isEqualTo(5);

        bridge.operations().allowRemovals("five", 5);
        bridge.awaitDeliveries();
        assertThat(active("five")).isZero();
        List<String> again = people("Welz", 5);
        bridge.files().sync("five", "Leads", selecting("Welz"));
        bridge.reload();
        bridge.complete("five");
        delete(again.subList(0, 4));
        assertThat(bridge.complete("five").deleted()).isEqualTo(4);
    }
}
