package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.RunView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route {@code transform-fields}, with steps that an integrator adds to it. */
class TransformedFieldsIT extends BridgeFixture {

    private static final String ROUTE = "routes/transform-fields.camel.yaml";
    private static String shipped;
    private static int lists;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
        // Before any test, since the fields of Campaigns are kept for an hour once they are read.
        bridge.zoho().addField("Salutation");
        shipped = bridge.files().read(ROUTE);
    }

    @AfterEach
    void asItShips() {
        steps();
    }

    /** The route with steps behind those that ship. */
    private static void steps(String... steps) {
        StringBuilder route = new StringBuilder(shipped);
        for (String step : steps) {
            route.append("        - ").append(step).append('\n');
        }
        bridge.files().write(ROUTE, route.toString());
        bridge.reload();
    }

    private static String set(String name, String value) {
        return "bean: {id: own-" + name.replaceAll("[^A-Za-z]", "").toLowerCase(java.util.Locale.ROOT)
                + ", ref: contactFields, method: \"set(*, '" + name + "', " + value + ")\"}";
    }

    private static String list(String... lines) {
        String name = "transformed-" + lists++;
        bridge.files().letters(name, "Leads").sync(name, "Leads", lines);
        bridge.reload();
        return name;
    }

    @Test
    @DisplayName(
            "A step changes, adds and removes a field; null erases it; preview shows what the step yields, and only changes are sent")
    void changes() {
        String list = list("mapping: {Company Name: Company, Phone: Phone, City: City}");
        String email = bridge.newcomer(
                "Leads", Map.of("First_Name", "Jane", "Company", "Zylker", "Phone", "1", "City", "Ulm"));
        steps(
                set("Company Name", "${uppercase(${body[Company Name]})}"),
                set("Industry", "Retail"),
                set("City", "null"),
                "bean: {id: own-without, ref: contactFields, method: \"remove(*, 'Phone')\"}");

        assertThat(bridge.preview(list, false).lines())
                .filteredOn(line -> email.equals(line.person()))
                .singleElement()
                .satisfies(line -> assertThat(line.fields().toString()).contains("ZYLKER", "Retail"));
        bridge.complete(list);

        assertThat(fields(list, email))
                .contains(
                        entry("First Name", "Jane"),
                        entry("Company Name", "ZYLKER"),
                        entry("Industry", "Retail"),
                        entry("City", ""))
                .doesNotContainKey("Phone");
        bridge.zoho().forgetCalls();
        bridge.runInFull(list);
        assertThat(bridge.zoho().calls(SUBSCRIBE)).as("nothing changed").isZero();
        steps(set("Industry", "Travel"));
        bridge.runInFull(list);
        assertThat(fields(list, email)).contains(entry("Industry", "Travel"), entry("Company Name", "Zylker"));
    }

    @Test
    @DisplayName("A step reads the record and its decision")
    void properties() {
        String list = list();
        String email = bridge.newcomer("Leads", Map.of("First_Name", "Jane"));
        steps(
                set("Industry", "${exchangeProperty.decision}"),
                set("City", "${exchangeProperty.record.values[First_Name]}"));
        bridge.complete(list);
        assertThat(fields(list, email)).contains(entry("Industry", "deliver"), entry("City", "Jane"));
    }

    @Test
    @DisplayName(
            "A field that Campaigns lacks is not sent, and the outcome names it; no call reads the fields without such a step")
    void lacking() {
        String list = list();
        bridge.zoho().forgetCalls();
        bridge.complete(list);
        assertThat(bridge.zoho().calls("contact/allfields")).isZero();
        String email = bridge.newcomer("Leads", Map.of());
        steps(set("Shoe Size", "41"), set("industry", "Retail"));
        RunView run = bridge.complete(list);

        assertThat(fields(list, email)).doesNotContainKeys("Shoe Size", "industry", "Industry");
        assertThat(details(run.run()))
                .anySatisfy(detail -> assertThat(detail)
                        .contains(
                                "Campaigns has no field \"Shoe Size\", so it is not sent",
                                "Campaigns has no field \"industry\", so it is not sent; it has \"Industry\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setBody: {expression: {constant: {expression: nothing}}}",
                "setBody: {expression: {simple: {expression: \"${null}\"}}}",
                "bean: {id: own-email, ref: contactFields, method: \"set(*, 'contact_email', 'x@example.com')\"}",
                "bean: {id: own-map, ref: contactFields, method: \"set(*, 'City', ${body})\"}",
                "throwException: {exceptionType: java.lang.IllegalStateException, message: no lookup}"
            })
    @DisplayName(
            "A step that fails or yields no Map, a value of another kind or the e-mail address fails the run; after the repair the page is read again")
    void fails(String step) {
        String list = list();
        String email = bridge.newcomer("Leads", Map.of());
        steps(step);
        RunView run = bridge.run(list);

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message())
                .containsAnyOf("transform-fields", "IllegalStateException")
                .doesNotContain("x@example.com");
        asItShips();
        bridge.complete(list);
        assertThat(fields(list, email)).containsKey("Last Name");
        assertThat(fields(list, "x@example.com")).isEmpty();
    }

    @Test
    @DisplayName("The failure of a library in an own step names the step and its route, and nothing of the person")
    void namesTheStep() {
        String list = list();
        bridge.newcomer("Leads", Map.of("Last_Name", "Doe"));
        steps("setVariable: {id: own-number, name: own, expression: {simple: {expression: \"${body[Last Name]}\","
                + " resultType: java.lang.Integer}}}");

        assertThat(bridge.run(list).message())
                .contains(" in step own-number of route transform-fields (")
                .doesNotContain("Doe");
        assertThatThrownBy(() -> bridge.preview(list, false))
                .hasMessageContaining(" in step own-number of route transform-fields (");
    }

    @Test
    @DisplayName(
            "A dead letter is replayed with the fields that were kept of it, also after the step changed; a full run sends the new ones")
    void replayed() {
        String list = list();
        String email = bridge.newcomer("Leads", Map.of("First_Name", "Jane"));
        steps(set("Industry", "Retail"));
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "status", "status", 500, "times", 0, "email", email));
        RunView run = bridge.run(list);
        List<Long> letters =
                bridge.deadLetters(list).stream().map(DeadLetterView::id).toList();
        assertThat(letters).hasSize(1);
        bridge.zoho().noFaults();
        bridge.runtime().components().outbox().backoff().succeeded("main");

        steps(set("Industry", "Travel"));
        bridge.operations().replay(letters);
        bridge.end(run.run());

        assertThat(fields(list, email)).contains(entry("First Name", "Jane"), entry("Industry", "Retail"));
        bridge.runInFull(list);
        assertThat(fields(list, email)).contains(entry("Industry", "Travel"));
    }

    @Test
    @DisplayName("A preview fails as the run does")
    void previewFails() {
        String list = list();
        steps(set("Contact Email", "x@example.com"));
        assertThatThrownBy(() -> bridge.preview(list, false))
                .hasMessageContaining("transform-fields")
                .hasMessageContaining("Contact Email");
    }

    @Test
    @DisplayName(
            "The example of docs/extending.md writes names in title case and a salutation, also of odd and absent names")
    void example() throws java.io.IOException {
        String list = list();
        String loud = named("JANE", "O'NEILL");
        String odd = named("anna, maria", "null");
        String absent = named(null, "doe");
        bridge.files()
                .write(
                        ROUTE,
                        java.nio.file.Files.readString(
                                java.nio.file.Path.of("docs/examples/extending/routes/transform-fields.camel.yaml")));
        bridge.reload();
        bridge.complete(list);

        assertThat(fields(list, loud)).contains(entry("First Name", "Jane"), entry("Salutation", "Dear Jane O'neill"));
        assertThat(fields(list, odd))
                .contains(entry("First Name", "Anna, Maria"), entry("Salutation", "Dear Anna, Maria Null"));
        assertThat(fields(list, absent)).contains(entry("Last Name", "Doe")).doesNotContainKey("Salutation");
    }

    private static String named(String first, String last) {
        Map<String, Object> names = new java.util.HashMap<>();
        names.put("First_Name", first);
        names.put("Last_Name", last);
        return bridge.newcomer("Leads", names);
    }

    private static Map<String, String> fields(String list, String email) {
        Map<String, String> fields = new TreeMap<>();
        for (JsonNode member : bridge.zoho().members(list)) {
            if (member.path("email").asText().equals(email)) {
                member.path("fields")
                        .properties()
                        .forEach(field ->
                                fields.put(field.getKey(), field.getValue().asText()));
            }
        }
        return fields;
    }

    private static List<String> details(String run) {
        return bridge.runtime()
                .database()
                .query(handle -> handle.createQuery("""
                        select coalesce(o.detail, k.why) from outcome o join outcome_kind k on k.id = o.kind
                        join run_number n on n.id = o.run
                        where n.run_id = :run and (o.detail is not null or k.why <> '')
                        """)
                        .bind("run", run)
                        .mapTo(String.class)
                        .list());
    }
}
