package io.consentbridge.outbox;

import io.consentbridge.audience.Content;
import io.consentbridge.consent.Person;
import io.consentbridge.sync.Outcome;
import java.util.List;
import java.util.Map;

/**
 * A delivery for tests: a person who is new to a list is subscribed by {@code run1} for the record {@code r1}. Each method
 * changes one of these.
 */
public final class DraftBuilder {

    private final long list;
    private final Person person;
    private Action action = Action.SUBSCRIBE;
    private int priority = 1;
    private Content content;
    private String fingerprint = "fp1";
    private String run = "run1";
    private String record = "r1";
    private Outcome onSuccess = new Outcome.New();

    public DraftBuilder(long list, Person person) {
        this.list = list;
        this.person = person;
        content = new Content(Map.of("Contact Email", person.address()), List.of("Product news"), null);
    }

    public DraftBuilder action(Action newAction) {
        action = newAction;
        return this;
    }

    public DraftBuilder priority(int newPriority) {
        priority = newPriority;
        return this;
    }

    public DraftBuilder content(Content newContent) {
        content = newContent;
        return this;
    }

    public DraftBuilder fingerprint(String newFingerprint) {
        fingerprint = newFingerprint;
        return this;
    }

    public DraftBuilder run(String newRun) {
        run = newRun;
        return this;
    }

    public DraftBuilder record(String newRecord) {
        record = newRecord;
        return this;
    }

    public DraftBuilder onSuccess(Outcome newOnSuccess) {
        onSuccess = newOnSuccess;
        return this;
    }

    public Draft build() {
        return new Draft(list, person, action, priority, content, fingerprint, run, record, onSuccess, "deliver");
    }
}
