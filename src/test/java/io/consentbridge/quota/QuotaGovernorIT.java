package io.consentbridge.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The quota governor. */
@EveryEngine
class QuotaGovernorIT {

    private static final String METHOD = "json/listsubscribe";

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private Database database;
    private QuotaGovernor governor;

    QuotaGovernorIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        governor = governor(new Quota.Window(500, Duration.ofMinutes(1)), new Quota.Window(1200, Duration.ofHours(1)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private QuotaGovernor governor(Quota.Window... windows) {
        return new QuotaGovernor(database, clock, (connection, method) -> new Quota(List.of(windows)));
    }

    @Test
    @DisplayName("Grants as many calls as the narrowest window has left, also after a restart")
    void narrowest() {
        assertThat(governor.reserve("main", METHOD, 450)).isEqualTo(450);
        open2();
        assertThat(governor.reserve("main", METHOD, 450)).isEqualTo(50);
        assertThat(governor.reserve("main", METHOD, 1)).isZero();
        assertThat(governor.reserve("other", METHOD, 1)).isEqualTo(1);
        assertThat(governor.reserve("main", "json/listunsubscribe", 1)).isEqualTo(1);
        clock.pass(Duration.ofSeconds(66));
        assertThat(governor.reserve("main", METHOD, 900)).isEqualTo(500);
        clock.pass(Duration.ofSeconds(66));
        assertThat(governor.reserve("main", METHOD, 900)).isEqualTo(200);
        assertThat(governor.usage("main", METHOD).windows())
                .extracting(QuotaUse.WindowUse::used)
                .containsExactly(200, 1200);
    }

    private void open2() {
        governor = governor(new Quota.Window(500, Duration.ofMinutes(1)), new Quota.Window(1200, Duration.ofHours(1)));
    }

    @Test
    @DisplayName("A call above the limit is refused with the instant when one is free, and succeeds then")
    void admit() {
        governor.reserve("main", METHOD, 500);
        assertThatThrownBy(() -> governor.admit("main", METHOD)).isInstanceOf(ZohoFault.Throttled.class);
        clock.pass(Duration.between(clock.instant(), governor.freeAt("main", METHOD)));
        governor.admit("main", METHOD);
    }

    @Test
    @DisplayName("A lock that Zoho imposed is honoured to its end, and a shorter one does not end it")
    void lock() {
        governor.lock("main", METHOD, clock.instant().plus(Duration.ofMinutes(30)), "code 2008");
        governor.lock("main", METHOD, clock.instant().plus(Duration.ofMinutes(10)), "code 2008");
        clock.pass(Duration.ofMinutes(29));
        assertThat(governor.reserve("main", METHOD, 5)).isZero();
        assertThatThrownBy(() -> governor.admit("main", METHOD)).hasMessageContaining("code 2008");
        clock.pass(Duration.ofMinutes(1));
        assertThat(governor.reserve("main", METHOD, 5)).isEqualTo(5);
        assertThat(governor.usage("main", METHOD).lockedUntil()).isEmpty();
    }

    @Test
    @DisplayName("Several processes at once never reserve more than the limit together")
    void atOnce() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        List<Future<Integer>> sums = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            QuotaGovernor own =
                    governor(new Quota.Window(500, Duration.ofMinutes(1)), new Quota.Window(1200, Duration.ofHours(1)));
            Callable<Integer> many = () -> {
                int sum = 0;
                for (int call = 0; call < 25; call++) {
                    sum += own.reserve("main", METHOD, 7);
                }
                return sum;
            };
            sums.add(workers.submit(many));
        }
        int together = 0;
        for (Future<Integer> sum : sums) {
            together += sum.get();
        }
        workers.shutdown();
        assertThat(together).isEqualTo(500);
    }

    @Test
    @DisplayName("Says when the waiting calls are made")
    void through() {
        assertThat(governor.throughAt("main", METHOD, 0)).isEqualTo(clock.instant());
        assertThat(governor.throughAt("main", METHOD, 500)).isEqualTo(clock.instant());
        assertThat(governor.throughAt("main", METHOD, 2400))
                .isBetween(
                        clock.instant().plus(Duration.ofMinutes(60)),
                        clock.instant().plus(Duration.ofMinutes(70)));
    }
}
