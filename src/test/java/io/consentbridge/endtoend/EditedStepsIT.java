package io.consentbridge.endtoend;

import static io.consentbridge.endtoend.EditedRoutesIT.onList;
import static io.consentbridge.endtoend.EditedRoutesIT.shipped;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import io.consentbridge.campaigns.CampaignsCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Edits of every kind at every step of the routes that ship. With each of them people come, leave and refuse in every way: nobody
 * is mailed who must not be, no removal and no person is lost silently, every run ends, and its figures add up; once the edit is
 * undone everything is right with the next run.
 *
 * <p>{@code -Dedits.seed} and {@code -Dedits.seconds} choose which are played, and for how long; {@code -Dedits.only} those whose
 * text holds that.
 */
class EditedStepsIT extends BridgeFixture {

    private static final long SEED = Long.getLong("edits.seed", 20261128);
    private static final long SECONDS = Long.getLong("edits.seconds", 12);
    private static final long LONGER = 120;
    private static final String ONLY = System.getProperty("edits.only", "");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final String OBTAINED = "Consent - Obtained";

    /** So many plays one list serves, before another one takes its place. */
    private static final int PLAYS = 40;

    private static int numbers;

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, String> leads = new HashMap<>();
    private final Set<String> base = new TreeSet<>();
    private final Set<String> never = new HashSet<>();
    private final Set<String> leave = new HashSet<>();
    private List<String> stayed = List.of();
    private String list;
    private int plays;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> CampaignsCall.METHODS.forEach(
                        method -> files.set("QUOTA_" + method.replace('/', '_').toUpperCase(Locale.ROOT), "none")));
    }

    @Test
    @DisplayName("A sample of all edits mails nobody who must not be mailed, and loses nobody silently")
    void some() {
        play(SECONDS);
    }

    @Test
    @Tag("long")
    @DisplayName("A larger sample of all edits mails nobody who must not be mailed, and loses nobody silently")
    void more() {
        play(Math.max(SECONDS, LONGER));
    }

    private void play(long seconds) {
        List<StepEdit> edits = new ArrayList<>(StepEdit.all());
        edits.removeIf(edit -> !edit.toString().contains(ONLY));
        Collections.shuffle(edits, new Random(SEED));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int played = 0;
        int refused = 0;
        for (StepEdit edit : edits) {
            if (System.nanoTime() > end) {
                break;
            }
            played++;
            if (list == null || plays++ == PLAYS) {
                begin();
            }
            refused += play(edit) ? 0 : 1;
        }
        System.out.printf(
                "%d edits of %d were played with the seed %d; Camel does not take %d of them.%n",
                played, edits.size(), SEED, refused);
        assertThat(wrong).as("with -Dedits.seed=%d", SEED).isEmpty();
    }

    /** A list of its own with nobody but those who were there always. */
    private void begin() {
        if (list != null) {
            bridge.files().remove("config/syncs/" + list + ".yaml").remove("config/purposes/" + list + ".yaml");
        }
        list = "steps-" + ++numbers;
        plays = 0;
        stayed = List.of();
        bridge.files()
                .purpose(list, "lawfulBasis: consent")
                .sync(list, "Leads", "consent: expressed", "evidence: basis", "unmatched: unsubscribe");
        bridge.reload();
        leads.values().forEach(id -> bridge.zoho().delete("Leads", id));
        leads.clear();
        bridge.complete(list);
        base.clear();
        base.addAll(onList(list));
    }

    private String lead(String name, Map<String, Object> more) {
        String email = name + ++numbers + "@c1.example.com";
        Map<String, Object> fields = new HashMap<>(Map.of("Data_Processing_Basis", OBTAINED));
        fields.putAll(more);
        leads.put(email, bridge.zoho().create("Leads", Bridge.fields(email, fields)));
        return email;
    }

    private void refusesAsContact(String email) {
        leads.put("contact of " + email, "");
        bridge.zoho().create("Contacts", Bridge.fields(email, Map.of("Email_Opt_Out", true)));
    }

    /** People come, leave and refuse; returns who comes. */
    private List<String> happens() {
        never.addAll(leave);
        leave.clear();
        List<String> before = stayed;
        for (int who = 0; who < before.size(); who++) {
            String email = before.get(who);
            String id = leads.get(email);
            leave.add(email);
            switch (who) {
                case 0 -> bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", true));
                case 1 -> refusesAsContact(email);
                case 2 -> {
                    bridge.zoho().delete("Leads", id);
                    leads.remove(email);
                }
                case 3 -> bridge.zoho().change("Leads", id, Map.of("Data_Processing_Basis", "Contract"));
                default -> {
                    never.add(email);
                    bridge.zoho().happens("unsubscribe", list, email);
                    bridge.zoho().change("Leads", id, Map.of("Company", "Another"));
                }
            }
        }
        never.add(lead("optedout", Map.of("Email_Opt_Out", true)));
        never.add(lead("withheld", Map.of("Data_Processing_Basis", "Contract")));
        String both = lead("both", Map.of());
        never.add(both);
        refusesAsContact(both);
        List<String> come = new ArrayList<>();
        for (int who = 0; who < 5; who++) {
            come.add(lead("may", Map.of()));
        }
        return come;
    }

    /** Returns whether the edited file can be loaded. */
    private boolean play(StepEdit edit) {
        List<String> come = happens();
        Set<String> right = new TreeSet<>(base);
        right.addAll(come);
        bridge.runtime().context().setVariable("global:own", null);
        boolean taken = load(edit.file(), edit.yaml());
        String told = "";
        RunView run = null;
        try {
            if (taken) {
                run = view(bridge.begin(list));
                told = run.state() + ", " + run.deadLettered() + " dead letters, " + run.message();
            }
        } catch (RuntimeException refused) {
            told = refused.toString();
        }
        Set<String> there = onList(list);
        boolean ended = run == null || run.over() && bridge.waiting() == 0 || edit.mayDeliverNothing();
        check(edit, told, ended, "the run does not end");
        check(edit, told, Collections.disjoint(there, never), "somebody is mailed who must not be: " + common(there));
        if (run != null && ended) {
            check(edit, told, balances(run), "the figures do not add up: " + run);
            // A removal that fails is a dead letter, which no outcome of a record counts.
            if (run.state().equals("completed")
                    && run.deadLettered() == 0
                    && bridge.deadLetters(list).isEmpty()) {
                check(edit, told, there.equals(right), "lost silently: " + differ(there, right));
            }
        }
        load(edit.file(), shipped(edit.file()));
        if (!ended) {
            bridge.reopen();
        }
        EditedRoutesIT.letGo(list);
        RunView after = view(begun());
        check(edit, told, after.state().equals("completed"), "the next run is not completed: " + after);
        check(edit, told, onList(list).equals(right), "not right with the next run: " + differ(onList(list), right));
        if (!onList(list).equals(right)) {
            view(bridge.operations().startRun(list, true).run());
            check(edit, told, onList(list).equals(right), "not right with a full run: " + differ(onList(list), right));
        }
        check(
                edit,
                told,
                bridge.zoho().violations().isEmpty(),
                "seen by Zoho: " + bridge.zoho().violations());
        stayed = onList(list).equals(right) ? come : List.of();
        if (stayed.isEmpty()) {
            list = null;
            begin();
        }
        return taken;
    }

    /** A run that a thread of an edited route admitted behind everybody's back is taken over when its lease ends. */
    private String begun() {
        try {
            return bridge.begin(list);
        } catch (RuntimeException underWay) {
            bridge.reopen();
            view(bridge.runtime().components().history().queries().open().get(0).id());
            return bridge.begin(list);
        }
    }

    private String common(Set<String> there) {
        Set<String> common = new TreeSet<>(there);
        common.retainAll(never);
        return common.toString();
    }

    private static String differ(Set<String> there, Set<String> right) {
        Set<String> missing = new TreeSet<>(right);
        missing.removeAll(there);
        Set<String> surplus = new TreeSet<>(there);
        surplus.removeAll(right);
        return "missing " + missing + ", surplus " + surplus;
    }

    private void check(StepEdit edit, String told, boolean right, String what) {
        if (!right) {
            wrong.add(edit + ": " + what + " (" + told + ")");
            System.out.println("WRONG " + wrong.get(wrong.size() - 1));
        }
    }

    private static boolean balances(RunView view) {
        return view.added()
                        + view.readded()
                        + view.duplicate()
                        + view.deleted()
                        + view.deadLettered()
                        + view.ignoredTotal()
                        + view.pending()
                == view.total();
    }

    /** The run at its end, or as it is after a while. */
    private static RunView view(String run) {
        long end = System.nanoTime() + PATIENCE;
        RunView view = bridge.operations().run(run);
        while (!(view.over() && bridge.waiting() == 0) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            view = bridge.operations().run(run);
        }
        return view;
    }

    /** Puts one file's routes in the place of those that run; false when Camel does not take them, and those that ship run. */
    private static boolean load(String file, String yaml) {
        try {
            replace(file, yaml);
            return true;
        } catch (Exception refused) {
            try {
                replace(file, shipped(file));
                return false;
            } catch (Exception broken) {
                throw new IllegalStateException(file, broken);
            }
        }
    }

    private static void replace(String file, String yaml) throws Exception {
        if (file.equals("failures")) {
            bridge.files().write("routes/failures.camel.yaml", yaml);
            if (!bridge.operations().reload().problems().isEmpty()) {
                throw new IllegalStateException("refused");
            }
            return;
        }
        ModelCamelContext context = (ModelCamelContext) bridge.runtime().context();
        Set<String> ids = new HashSet<>(Set.of("own-aside"));
        shipped(file).lines().filter(line -> line.startsWith("    id: ")).forEach(line -> ids.add(line.substring(8)));
        for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
            if (ids.contains(route.getRouteId())) {
                context.getRouteController().stopRoute(route.getRouteId(), 20, TimeUnit.SECONDS);
                context.removeRoute(route.getRouteId());
            }
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(file + ".camel.yaml", yaml));
        if (file.equals("deliver")) {
            // As the runtime does after a reload.
            context.getRouteController().startRoute("tick-deliveries");
        }
    }
}
