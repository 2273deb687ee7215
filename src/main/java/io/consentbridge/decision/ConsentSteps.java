package io.consentbridge.decision;

import io.consentbridge.audience.Content;
import io.consentbridge.audience.Contents;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.Member;
import io.consentbridge.confirmation.AskedBefore;
import io.consentbridge.confirmation.NewRequest;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.ConsentFacts;
import io.consentbridge.consent.ConsentPolicy;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Evidence;
import io.consentbridge.consent.FactsReader;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.RecordedBasis;
import io.consentbridge.consent.Screened;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.crm.ConsentDetails;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.mapping.ContactMapper;
import io.consentbridge.mapping.Mapped;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Fingerprint;
import io.consentbridge.outbox.RefusedAddress;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.sync.Outcome;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** The steps of the route {@code route-by-consent}: reads evidence, decides, and drafts what follows from a decision. */
public final class ConsentSteps {

    /** The variable that the router branches on. */
    public static final String DECISION = "decision";

    private static final Set<String> MAIL = Set.of(Decision.DELIVER, Decision.DELIVER_AS_EXPRESSED);
    private static final Set<String> SUPPRESS = Set.of(Decision.SUPPRESS);
    private static final Set<String> REQUEST = Set.of(Decision.REQUEST_CONSENT);
    private static final Set<String> LEAVE_OUT = Set.of(Decision.WITHHOLD, Decision.IGNORE);
    private static final Outcome ASKED = new Outcome.Ignored(IgnoreReason.CONSENT_REQUESTED);

    private final ConsentDetails details;
    private final BasisReader words;
    private final ContactFields fields;
    private final InstantSource clock;

    /**
     * @param words reads the words for the lawful basis
     * @param fields gives the Campaigns fields of a person
     * @param clock tells when a person is asked
     */
    public ConsentSteps(ConsentDetails details, BasisReader words, ContactFields fields, InstantSource clock) {
        this.clock = clock;
        this.details = details;
        this.words = words;
        this.fields = fields;
    }

    /**
     * The candidate with the details of its consent: the stored ones while the record is unchanged, otherwise those of the
     * single record, at the cost of one CRM call. A full run reads them again, since it is unknown whether a change of the
     * details marks the record as modified.
     */
    public Candidate readEvidence(Candidate candidate) {
        PageDecisions decisions = candidate.page().decisions();
        decisions.require(candidate);
        ActiveRun run = candidate.page().run();
        Optional<Evidence> kept = candidate
                .source()
                .filter(source -> !run.full())
                .filter(source -> source.stillHolds(candidate.record().modified()))
                .flatMap(SourceRecord::evidence)
                .map(EvidenceText::read);
        ConsentFacts read = kept.map(evidence -> candidate.facts().with(evidence, new RecordedBasis.NotStated()))
                .orElseGet(() -> FactsReader.withDetails(
                        candidate.facts(),
                        details.read(
                                run.connection(),
                                run.id(),
                                run.sync().module(),
                                candidate.record().id()),
                        words));
        return decisions.learnt(
                candidate, candidate.with(read.on(candidate.page().today())));
    }

    /**
     * The decision on the candidate in the body: its address first, then the consent policy. The variable {@value #DECISION}
     * becomes the decision's word, for the router; the decision that counts is the one stored with the page.
     *
     * @throws ConsentBreach when the candidate is not the one that was read
     */
    public Decided decide(@Body Candidate candidate, Exchange exchange) {
        candidate.page().decisions().require(candidate);
        Decision decision = candidate.screened() instanceof Screened.Unusable unusable
                ? unusable.decision()
                : ConsentPolicy.decide(candidate.page().terms(), candidate.facts());
        if (candidate.refusedBefore() && !candidate.refuses() && decision instanceof Decision.Suppress suppress) {
            decision = new Decision.Suppress(
                    suppress.reason(),
                    (candidate.refusedBesides()
                                    ? "Another address of the same person must not be mailed: "
                                    : "An earlier address of the same person must not be mailed: ")
                            + suppress.reason().word() + ".",
                    suppress.rule());
        }
        if (candidate.removed().isPresent() && !candidate.refuses() && decision instanceof Decision.Suppress) {
            decision = new Decision.Suppress(
                    IgnoreReason.OTHER, candidate.removed().get().text(), decision.rule());
        }
        exchange.setVariable(DECISION, decision.word());
        return candidate.page().decisions().decided(candidate, decision);
    }

    /**
     * A delivery to the purpose's list, unless the person is there already and nothing changed.
     *
     * @param transformed the Campaigns fields, as {@code direct:transform-fields} yields them
     */
    public Verdict deliver(@Body Decided decided, @Variable(ContactFields.VARIABLE) Object transformed) {
        return follows(decided, "consentSteps.deliver", MAIL, own -> delivered(own, fields.contact(own, transformed)));
    }

    private Verdict delivered(Decided decided, Mapped mapped) {
        OpenPage page = decided.candidate().page();
        Person person = decided.candidate().person().orElseThrow();
        Optional<Member> member = page.member(person);
        Content content = inPlace(content(decided, mapped), member, page.run());
        String detail = withNotes(decided.decision().why(), mapped);
        String fingerprint = Fingerprint.of(Action.SUBSCRIBE, content);
        if (member.filter(Member::onlyAsked)
                .flatMap(Member::last)
                .filter(last -> last.covers(fingerprint, content))
                .isPresent()) {
            return Verdict.ended(decided, ASKED, "Campaigns asked the person to confirm, and they have not done so.");
        }
        Outcome onSuccess = onSuccess(member, page.run());
        if (member.filter(known -> holds(known, fingerprint, content)).isPresent()) {
            Outcome unchanged = onSuccess instanceof Outcome.Duplicate ? new Outcome.Duplicate(false) : onSuccess;
            return Verdict.ended(decided, unchanged, detail);
        }
        Optional<RefusedAddress> refused = page.refusedAddress(person);
        if (refused.isPresent()) {
            return refused(decided, refused.get());
        }
        int priority = onSuccess instanceof Outcome.Duplicate ? 2 : 1;
        Draft draft = subscription(decided, page.run().list(), priority, content, fingerprint, onSuccess);
        return Verdict.pending(decided, decided.candidate().comesBack() ? draft.putBack() : draft, detail);
    }

    /**
     * Handles a person who must not be mailed: somebody whom we subscribed is removed from the list, if the sync says so, or
     * barred from every list. People who are not on the list cost no call (B51-B53, docs/decisions/0013-rulings.md, rulings
     * 4 and 5).
     */
    public Verdict suppress(Decided decided) {
        return follows(decided, "consentSteps.suppress", SUPPRESS, this::suppressed);
    }

    private Verdict suppressed(Decided decided) {
        OpenPage page = decided.candidate().page();
        Decision.Suppress decision = (Decision.Suppress) decided.decision();
        Outcome.Ignored outcome = new Outcome.Ignored(decision.reason());
        boolean onList = decided.candidate()
                .person()
                .flatMap(page::member)
                .filter(Member::perhapsOnList)
                .isPresent();
        Optional<Action> action = Action.of(page.run().sync().optedOut());
        if (!onList || action.isEmpty()) {
            return Verdict.ended(decided, outcome, decision.why());
        }
        Draft leaving = Draft.leaving(
                action.get(),
                page.run().list().id(),
                decided.candidate().person().orElseThrow(),
                page.run().id(),
                decided.candidate().record().id(),
                outcome);
        return Verdict.pending(decided, leaving, decision.why());
    }

    /**
     * Asks the person for their consent as the purpose's {@code confirmation} says, if there is a ground to ask them, and
     * they were not asked before (docs/decisions/0013-rulings.md, ruling 12). By mail a request is stored; through a list
     * of Campaigns the person is subscribed there. Nobody else is written to.
     *
     * @param transformed the Campaigns fields, as {@code direct:transform-fields} yields them
     */
    public Verdict requestConsent(@Body Decided decided, @Variable(ContactFields.VARIABLE) Object transformed) {
        return follows(
                decided,
                "consentSteps.requestConsent",
                REQUEST,
                own -> requested(own, fields.contact(own, transformed)));
    }

    private Verdict requested(Decided decided, Mapped mapped) {
        OpenPage page = decided.candidate().page();
        Optional<String> held =
                AskingGround.held(page.run(), decided.candidate().record());
        if (held.isPresent()) {
            return Verdict.ended(decided, ASKED, held.get());
        }
        if (decided.candidate().comesBack()) {
            return Verdict.ended(
                    decided, ASKED, "held: the person was taken off the list, and is not asked to come back");
        }
        Person person = decided.candidate().person().orElseThrow();
        Confirmation asking = page.run().purpose().confirmation().orElseThrow();
        Optional<String> before = page.wasAsked(person)
                ? Optional.of(AskedBefore.ALREADY)
                : page.known().request(person).why(clock.instant(), asking.askAgain());
        if (before.isPresent()) {
            return Verdict.ended(decided, ASKED, before.get());
        }
        Optional<RefusedAddress> refused = page.refusedAddress(person);
        if (refused.isPresent()) {
            return refused(decided, refused.get());
        }
        Content content = content(decided, mapped);
        String fingerprint = Fingerprint.of(Action.SUBSCRIBE, content);
        NewRequest request = request(decided, asking, content, fingerprint);
        return page.run()
                .confirmation()
                .map(list -> Verdict.pending(
                        decided,
                        subscription(decided, list, 1, content, fingerprint, ASKED),
                        withNotes(decided.decision().why(), mapped)))
                .orElseGet(() -> Verdict.ended(decided, ASKED, withNotes("The person is asked by mail.", mapped)))
                .asking(request);
    }

    private NewRequest request(Decided decided, Confirmation asking, Content content, String fingerprint) {
        Candidate candidate = decided.candidate();
        ActiveRun run = candidate.page().run();
        return new NewRequest(
                run.connection().name(),
                run.purpose(),
                candidate.person().orElseThrow(),
                ((Screened.Usable) candidate.screened()).address(),
                asking.ground().orElseThrow(),
                run.list().id(),
                run.confirmation().map(MailingList::id),
                run.sync().name(),
                run.sync().module(),
                candidate.record().id(),
                run.id(),
                Contents.write(content),
                fingerprint,
                clock.instant());
    }

    private static Verdict follows(
            Decided decided, String step, Set<String> words, Function<Decided, Verdict> verdict) {
        PageDecisions decisions = decided.candidate().page().decisions();
        return decisions.follows(verdict.apply(decisions.require(decided, step, words)));
    }

    private static Verdict refused(Decided decided, RefusedAddress address) {
        return Verdict.ended(decided, new Outcome.Ignored(address.reason()), address.why());
    }

    /** Sends nothing; the history states the reason. */
    public Verdict leaveOut(Decided decided) {
        return follows(decided, "consentSteps.leaveOut", LEAVE_OUT, this::leftOut);
    }

    private Verdict leftOut(Decided decided) {
        IgnoreReason reason = decided.decision() instanceof Decision.Ignore ignored
                ? ignored.reason()
                : IgnoreReason.CONSENT_WITHHELD;
        return Verdict.ended(
                decided, new Outcome.Ignored(reason), decided.decision().why());
    }

    private static Content content(Decided decided, Mapped mapped) {
        ActiveRun run = decided.candidate().page().run();
        Map<String, String> contactInfo = new LinkedHashMap<>();
        // Uses the screened address: Campaigns accepts no address with white space of any kind around it.
        if (decided.candidate().screened() instanceof Screened.Usable usable) {
            contactInfo.put(ContactMapper.EMAIL, usable.address());
        }
        contactInfo.putAll(mapped.contactInfo());
        return new Content(
                contactInfo,
                run.purpose().topics(),
                "ConsentBridge " + run.sync().name());
    }

    // A statement about the person that a deleted record made is no longer true.
    private static Content inPlace(Content content, Optional<Member> member, ActiveRun run) {
        return run.again()
                ? member.filter(Member::active)
                        .flatMap(Member::last)
                        .map(last -> last.replacedBy(content))
                        .orElse(content)
                : content;
    }

    // The history is the only place that reports values that had to be cut.
    private static String withNotes(String why, Mapped mapped) {
        return mapped.notes().isEmpty() ? why : why + " " + String.join("; ", mapped.notes());
    }

    private static boolean holds(Member member, String fingerprint, Content content) {
        return member.active()
                && member.last()
                        .filter(last -> last.covers(fingerprint, content))
                        .isPresent();
    }

    // The outcome of a person's first delivery in a run stays, even if the run has to write the person several times
    // (B71-B73).
    private static Outcome onSuccess(Optional<Member> member, ActiveRun run) {
        if (member.filter(Member::active).isEmpty() && run.purpose().signupForm() == SignupForm.PUBLIC) {
            return ASKED;
        }
        if (member.isEmpty() || member.get().onlyUnsure() || member.get().onlyAsked()) {
            return new Outcome.New();
        }
        return member.get()
                .countedBy(run.id())
                .orElseGet(() -> member.get().active() ? new Outcome.Duplicate(true) : new Outcome.Readded());
    }

    private static Draft subscription(
            Decided decided, MailingList list, int priority, Content content, String fingerprint, Outcome onSuccess) {
        return new Draft(
                list.id(),
                decided.candidate().person().orElseThrow(),
                Action.SUBSCRIBE,
                priority,
                content,
                fingerprint,
                decided.candidate().page().run().id(),
                decided.candidate().record().id(),
                onSuccess,
                decided.word());
    }
}
