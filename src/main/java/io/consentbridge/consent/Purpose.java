package io.consentbridge.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The purpose of mail: the wording that people were shown, its lawful basis, and its list and topics (B5-B7;
 * docs/decisions/0013-rulings.md, ruling 8).
 *
 * @param name unique name, used by syncs
 * @param statement the wording that people were shown
 * @param lawfulBasis the basis on which they are mailed
 * @param list name of the mailing list in Campaigns
 * @param createList whether the list is created if Campaigns has none of that name
 * @param signupForm the sign-up form of a created list
 * @param topics names of the Campaigns topics; empty for none
 * @param confirmationList name of a list with a public sign-up form, by which consent is requested
 * @param sharedList why people with another basis may be on the same list; empty if they must not
 * @param listKey Campaigns' key of the list, if a person has decided which one is meant; empty to find it by name
 * @param confirmation how people are asked for their consent; empty if nobody is
 * @param disclosure what a consent record says beside the wording
 * @param revalidation how silent people are asked again; empty if nobody is
 */
public record Purpose(
        String name,
        String statement,
        LawfulBasis lawfulBasis,
        String list,
        boolean createList,
        SignupForm signupForm,
        List<String> topics,
        Optional<String> confirmationList,
        Optional<String> sharedList,
        Optional<String> listKey,
        Optional<Confirmation> confirmation,
        Disclosure disclosure,
        Optional<Revalidation> revalidation) {

    public Purpose {
        topics = List.copyOf(topics);
    }

    /** A purpose that asks by its confirmation list if it has one, and that says nothing beside its wording. */
    public Purpose(
            String name,
            String statement,
            LawfulBasis lawfulBasis,
            String list,
            boolean createList,
            SignupForm signupForm,
            List<String> topics,
            Optional<String> confirmationList,
            Optional<String> sharedList,
            Optional<String> listKey) {
        this(
                name,
                statement,
                lawfulBasis,
                list,
                createList,
                signupForm,
                topics,
                confirmationList,
                sharedList,
                listKey,
                confirmationList.map(any -> Confirmation.BY_LIST),
                Disclosure.NONE,
                Optional.empty());
    }

    /** A purpose with a list of its own, found by its name. */
    public Purpose(
            String name,
            String statement,
            LawfulBasis lawfulBasis,
            String list,
            boolean createList,
            SignupForm signupForm,
            List<String> topics,
            Optional<String> confirmationList) {
        this(
                name,
                statement,
                lawfulBasis,
                list,
                createList,
                signupForm,
                topics,
                confirmationList,
                Optional.empty(),
                Optional.empty());
    }

    /** The same purpose with another list. */
    public Purpose withList(String other) {
        return withList(other, createList);
    }

    /** The same purpose with another list, which is created where Campaigns has none of that name. */
    public Purpose withNewList(String other) {
        return withList(other, true);
    }

    private Purpose withList(String other, boolean create) {
        return new Purpose(
                name,
                statement,
                lawfulBasis,
                other,
                create,
                signupForm,
                topics,
                confirmationList,
                sharedList,
                Optional.empty(),
                confirmation,
                disclosure,
                revalidation);
    }

    /** The same purpose, which asks silent people again in that way. */
    public Purpose asksAgain(Optional<Revalidation> silent) {
        return new Purpose(
                name,
                statement,
                lawfulBasis,
                list,
                createList,
                signupForm,
                topics,
                confirmationList,
                sharedList,
                listKey,
                confirmation,
                disclosure,
                silent);
    }

    /**
     * The same purpose, which says that in consent records.
     *
     * @param asking how people are asked for their consent; empty for as before
     */
    public Purpose with(Optional<Confirmation> asking, Disclosure said) {
        return new Purpose(
                name,
                statement,
                lawfulBasis,
                list,
                createList,
                signupForm,
                topics,
                confirmationList,
                sharedList,
                listKey,
                asking.or(() -> confirmation),
                said,
                revalidation);
    }

    /** Twelve hexadecimal digits that change with the wording; blanks do not count. */
    public String statementVersion() {
        String wording =
                Normalizer.normalize(statement, Normalizer.Form.NFC).strip().replaceAll("(?U)\\s+", " ");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(wording.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }
}
