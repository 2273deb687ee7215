package io.consentbridge.sandbox.campaigns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What users of Zoho do with campaigns on its screens, what recipients do with the mails, and how Campaigns does what no document
 * says. Safe for use by several threads.
 */
public final class MailingScreen {

    private final Mailings mailings;
    private final Account account;

    public MailingScreen(Mailings mailings) {
        this.mailings = mailings;
        this.account = mailings.account();
    }

    /**
     * A campaign that a user makes.
     *
     * @param list the name of its list, null for none
     * @param topic the name of its topic, null for the first one
     * @param split whether it is an A/B campaign
     */
    public record Draft(
            String name,
            String subject,
            String fromName,
            String from,
            String list,
            String topic,
            String content,
            boolean split) {}

    /** What a user does with a campaign. */
    public enum Deed {
        /** Gives it to Zoho's review. */
        HOLD,
        /** Ends Zoho's review. */
        REVIEW,
        SEND,
        /** Lets the sending that is under way end at once. */
        FINISH,
        STOP,
        CANCEL,
        PAUSE,
        RESUME,
        /** Sends it again to members of its lists whom it did not reach yet. */
        RESEND_NEW,
        /** Sends it again to recipients who did not open it. */
        RESEND_UNOPENED,
        DELETE
    }

    public Choices choices() {
        return mailings.choices();
    }

    /** Sets the verified sender addresses. */
    public void senders(Set<String> addresses) {
        mailings.senders().clear();
        addresses.forEach(each -> mailings.senders().add(each.toLowerCase(Locale.ROOT)));
    }

    public Set<String> senders() {
        return Set.copyOf(mailings.senders());
    }

    /** Sets what recipients of later campaigns do by themselves; nothing for people who wait to be told. */
    public void reactions(Optional<Shares> shares) {
        mailings.reactions(shares);
    }

    /** Lets what is due happen; called before each call. */
    public void advance() {
        mailings.advance();
    }

    /** Makes a draft and returns its key. Throws {@link IllegalArgumentException} for a list or topic that is not there. */
    public String make(Draft draft) {
        Map<String, List<String>> lists = draft.list() == null
                ? Map.of()
                : Map.of(
                        account.listNamed(draft.list())
                                .orElseThrow(() -> new IllegalArgumentException("there is no list " + draft.list()))
                                .key(),
                        List.of());
        String topic = account.topics().stream()
                .filter(each -> draft.topic() == null || each.name().equalsIgnoreCase(draft.topic()))
                .findFirst()
                .map(Topic::id)
                .orElseThrow(() -> new IllegalArgumentException("there is no topic " + draft.topic()));
        Letter letter = new Letter(draft.subject(), draft.fromName(), draft.from(), null, Content.of(draft.content()));
        return mailings.add(draft.name(), letter, new Audience(lists, topic), false, draft.split())
                .key();
    }

    /** Marks a draft as sent at a time of the past; its recipients have reacted since by the shares of now. */
    public void sentAt(String key, long at) {
        synchronized (mailings) {
            mailings.find(key).ifPresent(mailing -> mailings.dispatch(mailing, at, false));
            mailings.advance();
        }
    }

    /**
     * Marks a draft as sent so long ago to everybody of its list, without changing anybody's state; with {@code last}, who has left,
     * bounced or complained since did so because of it.
     */
    public void happened(String key, Duration ago, boolean last) {
        synchronized (mailings) {
            mailings.find(key).ifPresent(mailing -> mailings.happened(mailing, mailings.now() - ago.toMillis(), last));
        }
    }

    /** Does it; returns why it is impossible, or null. */
    public String does(Deed deed, String key) {
        synchronized (mailings) {
            Mailing mailing = mailings.find(key).orElse(null);
            if (mailing == null || mailing.deleted()) {
                return "there is no campaign " + key;
            }
            String refusal = does(deed, mailing);
            mailings.soonest();
            return refusal;
        }
    }

    private String does(Deed deed, Mailing mailing) {
        long now = mailings.now();
        MailingState state = mailing.state();
        boolean possible = switch (deed) {
            case HOLD -> state == MailingState.DRAFT || state == MailingState.REVIEWED;
            case REVIEW -> state == MailingState.DRAFT || state == MailingState.TO_BE_REVIEWED;
            case STOP ->
                state == MailingState.IN_PROGRESS || state == MailingState.PAUSED || state == MailingState.SCHEDULED;
            case CANCEL -> state == MailingState.SCHEDULED || state == MailingState.TO_BE_REVIEWED;
            case FINISH -> state == MailingState.IN_PROGRESS;
            case PAUSE -> state == MailingState.IN_PROGRESS;
            case RESUME -> state == MailingState.PAUSED;
            case RESEND_NEW, RESEND_UNOPENED -> state == MailingState.SENT;
            case SEND, DELETE -> true;
        };
        if (!possible) {
            return "the campaign is " + state.name().toLowerCase(Locale.ROOT);
        }
        switch (deed) {
            case HOLD -> mailings.hold(mailing);
            case REVIEW -> mailings.reviewed(mailing, now);
            case SEND -> {
                String code = mailings.send(mailing, 0, false, false);
                return code == null ? null : "it is refused with " + code;
            }
            case FINISH -> {
                mailing.dispatches().forEach(dispatch -> dispatch.finish(now));
                mailing.become(MailingState.SENT, now, Dispatch.NEVER);
            }
            case STOP, PAUSE -> {
                mailing.dispatches().forEach(dispatch -> dispatch.halt(now));
                mailing.become(deed == Deed.STOP ? MailingState.STOPPED : MailingState.PAUSED, now, Dispatch.NEVER);
            }
            case CANCEL -> mailing.become(MailingState.CANCELED, now, Dispatch.NEVER);
            case RESUME -> mailings.resume(mailing);
            case RESEND_NEW, RESEND_UNOPENED -> mailings.resend(mailing, deed == Deed.RESEND_UNOPENED);
            case DELETE -> mailings.delete(mailing);
        }
        return null;
    }

    /** Changes what a user can change of a campaign; null leaves each unchanged. Returns false for a campaign that is not there. */
    public boolean change(String key, String name, String subject, String content, String list) {
        synchronized (mailings) {
            Mailing mailing = mailings.find(key).filter(each -> !each.deleted()).orElse(null);
            if (mailing == null) {
                return false;
            }
            long now = mailings.now();
            if (name != null) {
                mailing.rename(name, now);
            }
            if (subject != null) {
                mailing.rewrite(mailing.letter().titled(subject), now);
            }
            if (content != null) {
                mailing.rewrite(mailing.letter().with(Content.of(content)), now);
            }
            if (list != null) {
                String listKey = account.listNamed(list)
                        .orElseThrow(() -> new IllegalArgumentException("there is no list " + list))
                        .key();
                mailing.retarget(
                        new Audience(
                                Map.of(listKey, List.of()), mailing.audience().topic()),
                        now);
            }
            return true;
        }
    }

    /** Lets recipients react by chance from now on, in place of what they were to do later; returns false for no such campaign. */
    public boolean react(String key, Shares shares) {
        synchronized (mailings) {
            Mailing mailing = mailings.find(key).orElse(null);
            if (mailing == null) {
                return false;
            }
            List<Mailing> parts = new ArrayList<>(mailing.children());
            parts.add(mailing);
            long now = mailings.now();
            parts.forEach(part -> part.dispatches().forEach(each -> each.plan(mailing.name(), shares, now - 1)));
            mailings.soonest();
            mailings.advance();
            return true;
        }
    }

    /** Lets each sending that is under way end at once, and the recipients of these campaigns do now what they would do later. */
    public void hurry(long seed) {
        synchronized (mailings) {
            Shares usual = Shares.usual();
            for (Mailing mailing : mailings.all()) {
                if (mailing.state() == MailingState.IN_PROGRESS) {
                    does(Deed.FINISH, mailing.key());
                    react(mailing.key(), new Shares(usual.of(), seed, Duration.ZERO));
                }
            }
        }
    }

    /** Lets single people react now; returns how many of them got a mail and had not reacted so before. */
    public int react(String key, Reaction reaction, List<String> emails) {
        synchronized (mailings) {
            Mailing mailing = mailings.find(key).orElse(null);
            int happened = 0;
            if (mailing != null) {
                long now = mailings.now();
                for (String email : emails) {
                    happened += happens(mailing, reaction, Account.key(email), now) ? 1 : 0;
                }
            }
            mailings.soonest();
            mailings.advance();
            return happened;
        }
    }

    private static boolean happens(Mailing mailing, Reaction reaction, String email, long now) {
        return mailing.dispatches().stream().anyMatch(dispatch -> dispatch.happens(reaction, email, now))
                || mailing.children().stream().anyMatch(child -> happens(child, reaction, email, now));
    }

    /** Returns every campaign that is not deleted, in the order of creation. */
    public List<Map<String, Object>> all() {
        synchronized (mailings) {
            return mailings.all().stream().map(this::row).toList();
        }
    }

    /** Returns one campaign with its content, the deleted ones included. */
    public Optional<Map<String, Object>> one(String key) {
        synchronized (mailings) {
            return mailings.find(key).map(mailing -> {
                Map<String, Object> row = row(mailing);
                row.put("subject", mailing.letter().subject());
                row.put("from", mailing.letter().from());
                row.put("lists", mailing.audience().lists().keySet());
                row.put("topic", mailing.audience().topic());
                row.put("content", mailing.letter().content().text());
                row.put("deleted", mailing.deleted());
                row.put("parts", mailing.children().stream().map(Mailing::key).toList());
                return row;
            });
        }
    }

    private Map<String, Object> row(Mailing mailing) {
        Report report = Report.of(mailing.dispatches(), mailings.now(), true);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", mailing.key());
        row.put("name", mailing.name());
        row.put("status", mailing.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row.put("byApi", mailing.byApi());
        row.put("sends", mailing.dispatches().size());
        row.put("sent", report.sent());
        row.put("delivered", report.delivered());
        row.put("opened", report.opened());
        row.put("clicked", report.clicked());
        row.put("hardBounces", report.hardBounces());
        row.put("softBounces", report.softBounces());
        row.put("unsent", report.unsent());
        row.put("unsubscribed", report.unsubscribed());
        row.put("complaints", report.complaints());
        return row;
    }
}
