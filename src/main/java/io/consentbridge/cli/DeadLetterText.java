package io.consentbridge.cli;

import io.consentbridge.api.DeadLetterView;
import java.io.PrintWriter;
import java.util.List;

/** Writes dead letters for the operator who must act; addresses are shown, because acting needs them. */
record DeadLetterText(Words words) {

    void list(List<DeadLetterView> letters, PrintWriter out) {
        if (letters.isEmpty()) {
            out.println("The dead-letter channel is empty.");
            return;
        }
        TextTable table = new TextTable()
                .right("ID")
                .whole("FAILED AT")
                .left("SYNC")
                .whole("PERSON")
                .left("STATE", "ACTION", "CODE")
                .remark("CAUSE");
        for (DeadLetterView letter : letters) {
            table.row(
                    letter.id(),
                    words.time(letter.connection(), letter.parkedAt()),
                    letter.sync(),
                    letter.person(),
                    letter.state(),
                    letter.action(),
                    letter.code(),
                    letter.cause());
        }
        table.print(out);
    }

    void show(DeadLetterView letter, PrintWriter out) {
        new Facts()
                .add("dead letter", Long.toString(letter.id()))
                .add("person", letter.person())
                .add("action", letter.action())
                .add("list", letter.list())
                .add("cause", letter.cause())
                .add("code", letter.code())
                .add("sync", letter.sync())
                .add("connection", letter.connection())
                .add("run", letter.run())
                .add("CRM module", letter.module())
                .add("CRM record", letter.record())
                .add("parked", words.time(letter.connection(), letter.parkedAt()))
                .add("replayed", letter.replays() == 0 ? "never" : Words.count(letter.replays(), "time"))
                .add("state", letter.replaying() ? "replaying: queued for delivery again" : "parked")
                .lines(
                        "attempts",
                        letter.attempts().stream()
                                .map(attempt -> words.timesIn(letter.connection(), attempt))
                                .toList())
                .lines(
                        "fields",
                        letter.fields().entrySet().stream()
                                .map(field -> field.getKey() + ": " + field.getValue())
                                .toList())
                .print(out);
    }
}
