package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentbridge.TestFolders;
import io.consentbridge.api.Json;
import io.consentbridge.api.Operations;
import io.consentbridge.api.RecordsView;
import io.consentbridge.api.RunView;
import io.consentbridge.store.CountedOutcomes;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.ReleasedData;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/**
 * An installation of a released version that is upgraded. With {@code -Dreleases.write=true} the data of the version that is
 * about to be released are written instead; afterwards they are never changed.
 */
@EveryEngine
class ReleasesIT {

    private static final Path FIRST = Path.of("src/test/resources/releases/0.1.0");
    private static final ReleasedData ROWS = new ReleasedData(FIRST.resolve("rows.jsonl"), "1");
    private static final Path VIEWS = FIRST.resolve("views.json");
    private static final String SUBSCRIBE = "json/listsubscribe";

    private static final String MEMBER = "ann@c1.example.com";
    private static final String REFUSING = "bob@c1.example.com";
    private static final String LEFT = "carla@c1.example.com";
    private static final String DEAD = "dan@c1.example.com";
    private static final String DELETED = "eva@c1.example.com";
    private static final String WAITING = "fred@c1.example.com";
    private static final List<String> PEOPLE = List.of(MEMBER, REFUSING, LEFT, DEAD, DELETED, WAITING);

    @Parameter
    private TestDatabase engine;

    @Test
    @DisplayName("The data of 0.1.0 open and say what they said, and a run over them mails nobody who refused")
    void first() throws IOException {
        Path folder = TestFolders.make();
        String url = engine.fresh(folder);
        ROWS.load(engine, url);
        try (Bridge bridge = Bridge.open(10, files -> {
            engine.environment(url).forEach(files::set);
            files.letters("news", "Leads").letters("offers", "Contacts");
        })) {
            requireSaid(Json.MAPPER.readTree(VIEWS.toFile()), views(bridge.operations()), "views");
            CountedOutcomes.requireExact(bridge.runtime().database());

            // Here is another organisation: its CRM has none of the records, and its Campaigns none of the lists.
            for (String person : PEOPLE) {
                bridge.zoho().create("Leads", Bridge.fields(person, Map.of()));
            }
            RunView run = bridge.runInFull("news");

            assertThat(run.state()).as(run.message()).isEqualTo("completed");
            assertThat(bridge.zoho().statuses("news"))
                    .containsEntry(MEMBER, "active")
                    .containsEntry(WAITING, "active")
                    .doesNotContainKeys(REFUSING, LEFT);
        }
    }

    /** Whatever was said is still said, however much more is. */
    private static void requireSaid(JsonNode then, JsonNode now, String where) {
        if (then.isObject()) {
            then.properties()
                    .forEach(field ->
                            requireSaid(field.getValue(), now.path(field.getKey()), where + "." + field.getKey()));
        } else if (then.isArray()) {
            assertThat(now.size()).as(where).isEqualTo(then.size());
            for (int i = 0; i < then.size(); i++) {
                requireSaid(then.get(i), now.get(i), where + "[" + i + "]");
            }
        } else {
            assertThat(now.asText()).as(where).isEqualTo(then.asText());
        }
    }

    /** What commands say without a sync that runs. */
    private static JsonNode views(Operations operations) {
        ObjectNode views = Json.MAPPER.createObjectNode();
        ObjectNode runs = views.putObject("history");
        operations.history(null, 100).stream().filter(RunView::over).forEach(run -> {
            ObjectNode one = runs.putObject(run.run());
            one.set("run", Json.MAPPER.valueToTree(run));
            one.set(
                    "records",
                    Json.MAPPER.valueToTree(
                            operations.records(run.run(), new RecordsView.Asked(null, null, null, 100))));
        });
        views.set("deadLetters", Json.MAPPER.valueToTree(operations.deadLetters(100)));
        ObjectNode explained = views.putObject("explain");
        // The last one waits, and may be delivered at any time.
        PEOPLE.subList(0, 5)
                .forEach(person -> explained.set(person, Json.MAPPER.valueToTree(operations.explain(person))));
        return views;
    }

    /** Six people of whom each had another fate. */
    @BeforeAll
    static void write() throws IOException {
        if (!Boolean.getBoolean("releases.write")) {
            return;
        }
        Files.createDirectories(FIRST);
        try (Bridge bridge = Bridge.open(
                10,
                files ->
                        files.on(TestDatabase.POSTGRES).letters("news", "Leads").letters("offers", "Contacts"))) {
            Zoho zoho = bridge.zoho();
            List<String> ids = new ArrayList<>();
            for (String person : PEOPLE.subList(0, 5)) {
                ids.add(zoho.create("Leads", Bridge.fields(person, Map.of("First_Name", "A"))));
            }
            zoho.create("Contacts", Bridge.fields(MEMBER, Map.of()));
            zoho.fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", "2401", "email", DEAD, "times", 0));
            bridge.complete("news");
            bridge.complete("offers");
            zoho.change("Leads", ids.get(1), Map.of("Email_Opt_Out", true));
            zoho.happens("unsubscribe", "news", LEFT);
            zoho.delete("Leads", ids.get(4));
            zoho.change("Leads", ids.get(0), Map.of("First_Name", "B"));
            bridge.complete("news");
            zoho.create("Leads", Bridge.fields(WAITING, Map.of()));
            zoho.fault(Map.of("method", SUBSCRIBE, "kind", "status", "status", 503, "times", 0));
            bridge.begin("news");
            await().until(() -> bridge.waiting() > 0);
            bridge.runtime().close();
            try (var database =
                    TestDatabase.POSTGRES.reopen(bridge.files().environment().get("DATABASE_URL"))) {
                ROWS.write(database);
            }
            bridge.reopen();
            Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(VIEWS.toFile(), views(bridge.operations()));
        }
    }
}
