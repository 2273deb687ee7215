package io.consentbridge.audience;

import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.SignupForm;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a list matches its purpose: it exists, with that name and that sign-up form. A list is known by its key; a name
 * can pass to another list, and the form can be changed at any time.
 */
public sealed interface ListIdentity {

    /** The list matches its purpose; it has another key than before if it was created anew. */
    record Found(String key, Optional<SignupForm> form) implements ListIdentity {}

    /** Campaigns has no such list. */
    record Absent(boolean wasThere) implements ListIdentity {}

    /** The list differs from its purpose: nobody is subscribed before a person has decided. */
    record Mismatch(String what, String remedy) implements ListIdentity {

        /** Both in one sentence. */
        public String text() {
            return what + "; " + remedy;
        }
    }

    /**
     * @param list the known list, with the form that its purpose says
     * @param ours every known list of the connection
     * @param there the lists that Campaigns shows now
     * @param answers whether Campaigns answers for a key that it does not show; a list missing from a listing may exist
     */
    static ListIdentity of(MailingList list, List<MailingList> ours, ListDirectory there, Predicate<String> answers) {
        Optional<io.consentbridge.campaigns.MailingList> known = list.key().flatMap(there::withKey);
        if (known.isPresent()) {
            return ListName.same(known.get().name(), list.name())
                    ? formed(list, known.get())
                    : renamed(list, known.get().name(), there);
        }
        if (list.key().isPresent() && answers.test(list.key().get())) {
            return new Mismatch(
                    "Campaigns does not show the list \"" + list.name() + "\" among its lists, though it is there",
                    "see in Campaigns who may see the list, and that the user of the credential may");
        }
        Optional<io.consentbridge.campaigns.MailingList> named = there.named(list.name());
        if (named.isEmpty()) {
            return new Absent(list.key().isPresent());
        }
        Optional<MailingList> other = ours.stream()
                .filter(each -> each.id() != list.id()
                        && each.key().filter(named.get().key()::equals).isPresent())
                .findFirst();
        return other.isPresent()
                ? new Mismatch(
                        "the list that Campaigns calls \"" + list.name() + "\" is the one that we know as \""
                                + other.get().name() + "\"",
                        "name it back in Campaigns, or write listKey: "
                                + named.get().key() + " in the purpose to use it for both")
                : formed(list, named.get());
    }

    /** A mismatch because the purpose names a key under which Campaigns shows no list. */
    static Mismatch noSuchKey(String key, String purpose) {
        return new Mismatch(
                "Campaigns has no list with the key " + key,
                "write the key of one, or take listKey out of purpose " + purpose);
    }

    private static ListIdentity renamed(MailingList list, String newName, ListDirectory there) {
        String what = "Campaigns calls the list \"" + list.name() + "\" \"" + newName + "\" now";
        String follow = "write list: " + newName + " in the purpose to go on with it";
        return there.named(list.name())
                .map(other -> new Mismatch(
                        what + ", and another list is called \"" + list.name() + "\"",
                        follow + ", or listKey: " + other.key() + " to go over to the other"))
                .orElseGet(() -> new Mismatch(what, follow + ", or name it back in Campaigns"));
    }

    // If Campaigns does not tell the form, its first reply to a subscription does.
    private static ListIdentity formed(MailingList list, io.consentbridge.campaigns.MailingList there) {
        Optional<SignupForm> wanted = list.form();
        if (wanted.isEmpty() || there.form().isEmpty() || there.form().equals(wanted)) {
            return new Found(there.key(), there.form());
        }
        return wanted.get() == SignupForm.PRIVATE
                ? new Mismatch(
                        "the list \"" + list.name()
                                + "\" has a sign-up form in Campaigns, so that everybody would be sent"
                                + " a confirmation, and the purpose says signupForm: private",
                        "switch the form off in Campaigns, or write signupForm: public")
                : new Mismatch(
                        "the list \"" + list.name() + "\" has no sign-up form in Campaigns, so that everybody would be"
                                + " added without being asked, and the purpose says signupForm: public",
                        "switch the form on in Campaigns, or write signupForm: private");
    }
}
