package io.consentbridge.cli;

import io.consentbridge.api.ConfirmationsView;
import io.consentbridge.api.Operations;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunView;
import io.consentbridge.config.Settings;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.runtime.Extent;
import io.consentbridge.store.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The environment of a demo: a sandbox, a database in a fresh folder, and the given configuration pointed at both. */
final class DemoStage implements AutoCloseable {

    private static final long SEED = 1;

    /** How many people a demo asks by mail; more would only take longer. */
    private static final int MAILS = 100;

    private static final double CONFIRM = 0.6;
    private static final double REFUSE = 0.1;
    private static final Duration TO_SEND = Duration.ofSeconds(20);

    /** What concerns an installation, and would reach it: its places for checkpoints, its account and its mailbox. */
    private static final List<String> NOT_OF_A_DEMO = List.of(
            "ledger.checkpoints.file",
            "ledger.checkpoints.webhook",
            "ledger.checkpoints.mail",
            "mail.smtp.user",
            "mail.smtp.password",
            "mail.bounces.host");

    private final TemporaryFolder folder;
    private final SandboxStarter.Sandbox sandbox;
    private final LocalRuntime.Session session;

    private DemoStage(TemporaryFolder folder, SandboxStarter.Sandbox sandbox, LocalRuntime.Session session) {
        this.folder = folder;
        this.sandbox = sandbox;
        this.session = session;
    }

    /** Sets everything up; when one thing fails, the others are removed. */
    static DemoStage set(CommandContext desk, int people, Extent extent) {
        TemporaryFolder.removeLeft();
        TemporaryFolder folder = TemporaryFolder.make();
        SandboxStarter.Sandbox sandbox = null;
        try {
            sandbox = desk.surroundings().sandbox().start(0, people, SEED, false);
            Map<String, String> env = new HashMap<>(desk.surroundings().env());
            for (String connection : desk.installation().connections()) {
                env.putAll(SandboxSettings.of(connection, sandbox));
            }
            // The sandbox counts no calls in a demo, so they need not be spread over hours.
            Settings.quotaNames().forEach(setting -> env.put(Installation.variable(setting), "none"));
            env.put("DATABASE_URL", "jdbc:sqlite:" + folder.path().resolve("consentbridge.db"));
            // A runtime that serves real people may use the usual ports.
            env.put("HTTP_PORT", Integer.toString(freePort()));
            env.putAll(SandboxSettings.ofMail(sandbox));
            env.putAll(ownLedger());
            NOT_OF_A_DEMO.forEach(setting -> env.put(Installation.variable(setting), ""));
            int page = freePort();
            env.put("PUBLIC_PORT", Integer.toString(page));
            env.put("PUBLIC_URL", "http://127.0.0.1:" + page);
            // All people of the sandbox come from one address.
            env.put("PUBLIC_PER_MINUTE", "100000");
            env.put("CONFIRMATION_PER_HOUR", Integer.toString(MAILS));
            env.put("CONFIRMATION_EVERY", "100ms");
            return new DemoStage(folder, sandbox, desk.open(env, extent));
        } catch (RuntimeException failed) {
            if (sandbox != null) {
                sandbox.close();
            }
            folder.close();
            throw failed;
        }
    }

    /** A key that ends with the demo, so that nobody has to keep it. */
    private static Map<String, String> ownLedger() {
        return Map.of(
                "LEDGER_MASTER_KEY",
                HexFormat.of().formatHex(SealingKey.random().bytes()),
                "LEDGER_NEXT_MASTER_KEY",
                "");
    }

    Operations operations() {
        return session.operations();
    }

    RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException {
        return session.awaitRun(run, progress);
    }

    /**
     * Waits until everybody has a mail who may have one, lets some of them answer, and returns what became of the requests;
     * empty when no purpose asks.
     */
    List<ConfirmationsView> answers() throws InterruptedException {
        List<ConfirmationsView> before = PollUntil.until(() -> operations().confirmations(), DemoStage::sent, TO_SEND);
        if (before.isEmpty()) {
            return before;
        }
        sandbox.answer(CONFIRM, REFUSE);
        return operations().confirmations();
    }

    private static boolean sent(List<ConfirmationsView> asked) {
        long mails =
                asked.stream().mapToLong(one -> one.requested() - one.waiting()).sum();
        return mails >= MAILS || asked.stream().allMatch(one -> one.waiting() == 0);
    }

    /** Returns where to look in a demo that is left running. */
    String whereToLook() {
        return "The sandbox listens at " + sandbox.baseUrl() + ", its mailbox is at " + sandbox.mailboxUrl()
                + session.apiUrl().map(url -> ", the API at " + url).orElse("")
                + ", the database is in " + folder.path() + ". Stop all of it with Ctrl-C.";
    }

    /** Removes everything; idempotent. */
    @Override
    public void close() {
        try (folder;
                sandbox) {
            session.close();
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
