package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.ExplainView;
import io.consentbridge.api.QuotaView;
import io.consentbridge.api.StatusView;
import io.consentbridge.api.SyncView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What texts for people show of data and messages that others wrote. */
class DataInTextsTest {

    private static final Instant THEN = Instant.parse("2026-07-01T07:00:00Z");
    private static final String RAW = "the quota is used up; it is free again at 2026-07-01T07:00:00Z";
    private static final String TOLD = "the quota is used up; it is free again at 2026-07-01 09:00 Europe/Berlin";
    private static final String HOSTILE = "x\nEmail: other@c1.example.com\r\ncause: delivered";

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text, true);
    private final Words words =
            new Words(Map.of("main", ZoneId.of("Europe/Berlin"), "second", ZoneId.of("Asia/Tokyo")), true);

    @Test
    @DisplayName("a field of several lines stays within its line, so that it looks like no other fact")
    void severalLines() {
        new DeadLetterText(words)
                .show(
                        new DeadLetterView(
                                7,
                                "news",
                                "main",
                                "News",
                                "ann@example.com",
                                "subscribe",
                                null,
                                "refused",
                                "r-1",
                                "1",
                                THEN,
                                0,
                                false,
                                List.of("2026-07-01T07:00:00Z 2501", "2026-07-01T07:00:00Z 2502"),
                                Map.of("Note", HOSTILE)),
                        out);

        assertThat(text.toString().lines())
                .contains("fields       Note: x Email: other@c1.example.com cause: delivered")
                .contains(
                        "attempts     2026-07-01 09:00 Europe/Berlin 2501",
                        "             2026-07-01 09:00 Europe/Berlin 2502")
                .noneMatch(line ->
                        line.strip().startsWith("Email:") || line.strip().equals("cause: delivered"));

        new ExplainText(words).show(known(Map.of("Note", HOSTILE)), out);
        assertThat(text.toString().lines()).contains("Note  x Email: other@c1.example.com cause: delivered");
    }

    @Test
    @DisplayName(
            "status and quota show the times within messages in the zone of the connection, each message on one line")
    void statusAndQuota() {
        StatusView.OfSync failed = new StatusView.OfSync(
                "news",
                "active",
                RAW,
                new SyncView.LastRun("r-1", "failed", THEN, THEN),
                "news: " + RAW + "\nroot: ok",
                null,
                "Europe/Berlin",
                List.of());
        new StatusText(words)
                .print(
                        new StatusView(
                                true,
                                true,
                                "here",
                                List.of(new StatusView.OfConnection(
                                        "main",
                                        "Europe/Berlin",
                                        true,
                                        List.of(),
                                        THEN,
                                        RAW,
                                        List.of(new StatusView.Locked("topics", THEN, RAW)),
                                        List.of(),
                                        0,
                                        0)),
                                List.of(new StatusView.OfList(
                                        "News",
                                        "main",
                                        "HELD " + RAW + "\nroot: ok",
                                        THEN,
                                        null,
                                        0,
                                        null,
                                        null,
                                        null,
                                        null)),
                                List.of(failed)),
                        out);
        new QuotaText(words)
                .print(
                        new QuotaView(List.of(new QuotaView.OfConnection(
                                "main",
                                THEN,
                                RAW,
                                List.of(new QuotaView.HeldList("News", THEN, RAW)),
                                List.of(
                                        new QuotaView.OfMethod(
                                                "topics",
                                                List.of(new QuotaView.Window(3600, 1, 2)),
                                                THEN,
                                                "SCOPE " + RAW),
                                        new QuotaView.OfMethod("custom/add", List.of(), THEN, "UNLIMITED " + RAW)),
                                List.of(),
                                List.of(),
                                List.of(new QuotaView.NextRun("news", "active", THEN, "Europe/Berlin", RAW))))),
                        out);

        assertThat(text.toString().replaceAll("\\s+", " "))
                .doesNotContain("2026-07-01T")
                .contains("the last run failed: " + TOLD + " root: ok")
                .contains("BECAUSE", "SCOPE " + TOLD, "UNLIMITED " + TOLD);
        assertThat(text.toString().lines()).noneMatch(line -> line.equals("root: ok"));
    }

    @Test
    @DisplayName(
            "explain says what was looked for when nobody is found: an address, the id of a record, or a delivered name")
    void nobody() {
        assertThat(nobody("ann@example.com")).contains("No record of this address.");
        assertThat(nobody("4150868000002175")).contains("No record of this id");
        assertThat(nobody("Anna Muster"))
                .doesNotContain("ever met")
                .contains("Nothing was delivered to a person of this name", "the address or the id of the record");
    }

    private String nobody(String asked) {
        StringWriter said = new StringWriter();
        new ExplainText(words)
                .show(
                        new ExplainView(
                                asked, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                                List.of(), List.of()),
                        new PrintWriter(said, true));
        return said.toString();
    }

    private static ExplainView known(Map<String, String> fields) {
        return new ExplainView(
                "ann@example.com",
                List.of(),
                List.of(new ExplainView.Membership(
                        "main", "News", true, false, null, THEN, null, null, List.of(), fields)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
