package io.consentbridge.sandbox.campaigns;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A campaign of Zoho Campaigns; a mailing to tell it from a record of the CRM's module of that name. Guarded by the lock of
 * {@link Mailings}.
 */
final class Mailing {

    /** What a review saw, to find out later what changed. */
    record Seal(Letter letter, Set<String> lists, Set<String> recipients) {}

    private final String key;
    private final long number;
    private final boolean byApi;
    private final boolean split;
    private final long created;
    private final List<Dispatch> dispatches = new ArrayList<>();
    private final List<Mailing> children = new ArrayList<>();
    private String name;
    private Letter letter;
    private Audience audience;
    private MailingState state = MailingState.DRAFT;
    private MailingState before = MailingState.DRAFT;
    private long changed;
    private long updated;
    private long sentAt;
    private long scheduledAt;
    private long stepAt = Dispatch.NEVER;
    private boolean inTheirZones;
    private boolean deleted;
    private Seal seal;

    /**
     * Creates a draft.
     *
     * @param byApi whether a call of the API made it, and no user on Zoho's screen
     * @param split whether it is an A/B campaign
     */
    Mailing(
            String key,
            long number,
            String name,
            Letter letter,
            Audience audience,
            boolean byApi,
            boolean split,
            long now) {
        this.key = key;
        this.number = number;
        this.name = name;
        this.letter = letter;
        this.audience = audience;
        this.byApi = byApi;
        this.split = split;
        this.created = now;
        this.updated = now;
        this.changed = now;
    }

    String key() {
        return key;
    }

    long number() {
        return number;
    }

    boolean byApi() {
        return byApi;
    }

    boolean split() {
        return split;
    }

    /** Returns when it was made; a campaign of the past was made when it was sent. */
    long created() {
        return sentAt == 0 ? created : Math.min(created, sentAt);
    }

    long updated() {
        return updated;
    }

    String name() {
        return name;
    }

    Letter letter() {
        return letter;
    }

    Audience audience() {
        return audience;
    }

    MailingState state() {
        return state;
    }

    /** Returns the state that a listing shows, which may be late. */
    MailingState shown(long now, long late) {
        return late > 0 && changed + late > now ? before : state;
    }

    /** Returns when the sending began, in milliseconds, or 0. */
    long sentAt() {
        return sentAt;
    }

    /** Returns for when it was scheduled, in milliseconds, or 0. */
    long scheduledAt() {
        return scheduledAt;
    }

    boolean inTheirZones() {
        return inTheirZones;
    }

    /** Returns when its state changes by itself, or {@link Dispatch#NEVER}. */
    long stepAt() {
        return stepAt;
    }

    boolean deleted() {
        return deleted;
    }

    /** Returns what the last review saw, null when it was not reviewed. */
    Seal seal() {
        return seal;
    }

    List<Dispatch> dispatches() {
        return dispatches;
    }

    /** Returns the campaigns of the test phase of an A/B campaign, none for others. */
    List<Mailing> children() {
        return children;
    }

    void rename(String newName, long now) {
        name = newName;
        updated = now;
    }

    void rewrite(Letter newLetter, long now) {
        letter = newLetter;
        updated = now;
    }

    void retarget(Audience newAudience, long now) {
        audience = newAudience;
        updated = now;
    }

    /** Changes the state, with the time at which the next change is due. */
    void become(MailingState next, long now, long nextStepAt) {
        before = state;
        state = next;
        changed = now;
        updated = now;
        stepAt = nextStepAt;
    }

    void schedule(long at, boolean recipientsZones) {
        scheduledAt = at;
        inTheirZones = recipientsZones;
    }

    void seal(Seal newSeal) {
        seal = newSeal;
    }

    void send(Dispatch dispatch, long at) {
        dispatches.add(dispatch);
        sentAt = at;
    }

    void delete() {
        deleted = true;
    }
}
