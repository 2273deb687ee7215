package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StoreFileIT {

    private static final int WRITES = 1_500;

    @Test
    @DisplayName("A file that is constantly written and compacted never counts as damaged")
    void atWork() throws Exception {
        try (Database database = TestDatabase.SQLITE.open()) {
            CompletableFuture<Void> work = CompletableFuture.runAsync(() -> write(database));
            int looks = 0;
            while (!work.isDone()) {
                assertThat(database.fileUsable()).as("look %d", looks).isTrue();
                looks++;
            }
            work.get();
            assertThat(looks).isGreaterThan(20);
            assertThat(database.damage()).isEmpty();
            assertThat(database.fileFault()).isEmpty();
        }
    }

    private static void write(Database database) {
        Random random = new Random(23);
        for (int i = 0; i < WRITES; i++) {
            String name = i % 50 + " " + Long.toHexString(random.nextLong()).repeat(40);
            database.change(handle -> {
                handle.execute("delete from mailing_list where name like ?", name.split(" ")[0] + " %");
                handle.execute("insert into mailing_list (connection, name) values ('main', ?)", name);
            });
        }
    }
}
