package io.consentbridge.confirmation;

import io.consentbridge.confirmation.RequestState.Step;
import io.consentbridge.consent.ConsentFacts;
import io.consentbridge.consent.ConsentPolicy;
import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.RecordedBasis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The closed loop of one person without a database: what happens, one after the other, and whether the next run delivers the
 * person. It uses the product's own states and table; the history around them is written anew.
 */
final class LoopModel {

    /** What can happen. */
    enum Act {
        /** A run reads the record, and asks if it may. */
        RUN,
        MAIL,
        MAIL_FAILS,
        BOUNCE,
        CONFIRM,
        REFUSE,
        /** A scanner opens the link. */
        SCAN,
        /** The time to answer, or the validity, is over. */
        EXPIRE,
        OPT_OUT,
        OPT_OUT_ENDS,
        UNKNOWN_WORD,
        KNOWN_WORD,
        GROUND,
        NO_GROUND,
        NEW_WORDING,
        NEW_ADDRESS,
        RECREATED,
        ASK_AGAIN_IS_OVER
    }

    /** A request, with what it is about. */
    private record Asked(int wording, int address, RequestState state, boolean refused) {}

    private static final ConsentTerms TERMS =
            new ConsentTerms(LawfulBasis.CONSENT, Optional.of(ConsentSetting.REQUIRED), true, false, false);

    private final List<Asked> requests = new ArrayList<>();
    private int wording;
    private int address;
    private boolean ground;
    private boolean optedOut;
    private boolean unknown;
    private boolean mayAskAgain = true;
    private int mails;
    private int asks;

    static LoopModel after(List<Act> history) {
        LoopModel model = new LoopModel();
        history.forEach(model::happens);
        return model;
    }

    private void happens(Act act) {
        switch (act) {
            case RUN -> run();
            case MAIL -> mail();
            case MAIL_FAILS -> step(Step.POSTPONE);
            case BOUNCE -> step(Step.BOUNCE);
            case CONFIRM -> confirm();
            case REFUSE -> refuse();
            case SCAN -> {}
            case EXPIRE -> step(Step.EXPIRE);
            case OPT_OUT -> {
                optedOut = true;
                step(Step.WITHDRAW);
            }
            case OPT_OUT_ENDS -> optedOut = false;
            case UNKNOWN_WORD -> unknown = true;
            case KNOWN_WORD -> unknown = false;
            case GROUND -> ground = true;
            case NO_GROUND -> ground = false;
            case NEW_WORDING -> wording++;
            case NEW_ADDRESS -> address++;
            case RECREATED -> {}
            case ASK_AGAIN_IS_OVER -> mayAskAgain = true;
        }
    }

    private void run() {
        boolean open = requests.stream()
                .anyMatch(asked -> asked.address() == address && asked.state().open());
        boolean bounced = requests.stream()
                .anyMatch(asked -> asked.address() == address && asked.state() == RequestState.BOUNCED);
        boolean before = requests.stream().anyMatch(asked -> asked.address() == address);
        if (decision() instanceof Decision.RequestConsent && ground && !open && !bounced && (mayAskAgain || !before)) {
            requests.add(new Asked(wording, address, RequestState.REQUESTED, false));
            mayAskAgain = false;
            asks++;
        }
    }

    private void mail() {
        for (int i = 0; i < requests.size(); i++) {
            Asked asked = requests.get(i);
            if (asked.state() == RequestState.REQUESTED) {
                boolean still = asked.wording() == wording && asked.address() == address && !refused() && !optedOut;
                mails += still ? 1 : 0;
                become(
                        i,
                        still
                                ? asked.state().after(Step.CLAIM).flatMap(state -> state.after(Step.SEND))
                                : asked.state().after(Step.EXPIRE));
            }
        }
    }

    private void confirm() {
        for (int i = 0; i < requests.size(); i++) {
            Asked asked = requests.get(i);
            boolean mailed = asked.state() == RequestState.SENT || asked.state() == RequestState.SENDING;
            if (mailed && asked.wording() == wording && asked.address() == address && !refused() && !optedOut) {
                become(i, asked.state().after(Step.CONFIRM));
            }
        }
    }

    /** By the newest link that there is; a person without one cannot click. */
    private void refuse() {
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).state() != RequestState.REQUESTED) {
                Asked asked = requests.get(i);
                RequestState state = asked.state().after(Step.REFUSE).orElse(asked.state());
                requests.set(i, new Asked(asked.wording(), asked.address(), state, true));
            }
        }
    }

    private void step(Step step) {
        for (int i = 0; i < requests.size(); i++) {
            become(i, requests.get(i).state().after(step));
        }
    }

    private void become(int index, Optional<RequestState> next) {
        Asked asked = requests.get(index);
        next.ifPresent(
                state -> requests.set(index, new Asked(asked.wording(), asked.address(), state, asked.refused())));
    }

    /** Whether the person refused at any address; nothing ends that. A consent that an opt-out took back is no refusal. */
    boolean refused() {
        return requests.stream().anyMatch(Asked::refused);
    }

    boolean confirmed() {
        return requests.stream()
                .anyMatch(asked -> asked.state() == RequestState.GIVEN
                        && asked.wording() == wording
                        && asked.address() == address);
    }

    Decision decision() {
        RecordedBasis basis = unknown ? new RecordedBasis.Unknown("?") : new RecordedBasis.NotStated();
        return ConsentPolicy.decide(
                TERMS,
                new ConsentFacts(basis, null, optedOut, false, refused() ? IgnoreReason.OPTED_OUT : null, confirmed()));
    }

    boolean delivers() {
        return decision() instanceof Decision.Deliver || decision() instanceof Decision.DeliverAsExpressed;
    }

    int mails() {
        return mails;
    }

    int asks() {
        return asks;
    }

    boolean unknownWord() {
        return unknown;
    }
}
