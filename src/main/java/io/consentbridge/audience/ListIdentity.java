package io.consentbridge.audience;

import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.sync.Remedy;
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
            return Remedy.after(what, remedy);
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
                    "Campaigns does not include the list \"" + list.name() + "\" among its lists, although it exists",
                    "check in Campaigns that the user of the credential may see the list");
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
                        "the list that Campaigns calls \"" + list.name() + "\" is known to ConsentBridge as \""
                                + other.get().name() + "\"",
                        "rename it back in Campaigns, or write listKey: "
                                + named.get().key() + " in the purpose to use it for both")
                : formed(list, named.get());
    }

    /** A mismatch because the purpose names a key under which Campaigns shows no list. */
    static Mismatch noSuchKey(String key, String purpose) {
        return new Mismatch(
                "Campaigns has no list with the key " + key,
                "write an existing key, or remove listKey from purpose " + purpose);
    }

    private static ListIdentity renamed(MailingList list, String newName, ListDirectory there) {
        String what = "Campaigns now calls the list \"" + list.name() + "\" \"" + newName + "\"";
        String follow = "write list: " + newName + " in the purpose to keep using it";
        return there.named(list.name())
                .map(other -> new Mismatch(
                        what + ", and another list is called \"" + list.name() + "\"",
                        follow + ", or listKey: " + other.key() + " to switch to the other"))
                .orElseGet(() -> new Mismatch(what, follow + ", or rename it back in Campaigns"));
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
                                + "\" has a sign-up form in Campaigns, which would send everybody a confirmation,"
                                + " but the purpose says signupForm: private",
                        "switch the form off in Campaigns, or write signupForm: public")
                : new Mismatch(
                        "the list \"" + list.name() + "\" has no sign-up form in Campaigns, so everybody would be"
                                + " added without being asked, but the purpose says signupForm: public",
                        "switch the form on in Campaigns, or write signupForm: private");
    }
}
