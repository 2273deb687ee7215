package io.consentbridge.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What people are mailed for: the wording they were shown, its lawful basis, and the list and topics that serve it
 * (B5-B7; docs/decisions/0013-rulings.md, ruling 8).
 *
 * @param name unique name, used by syncs
 * @param statement what people were told
 * @param lawfulBasis the basis on which they are mailed
 * @param list name of the mailing list in Campaigns
 * @param createList whether the list is created when Campaigns has none of that name
 * @param signupForm the form of a list that is created
 * @param topics names of the Campaigns topics, empty when none
 * @param confirmationList name of a list with a public sign-up form, by which consent is requested
 * @param sharedList why people who are mailed on another basis may stand on the same list; empty when they must not
 * @param listKey Campaigns' key of the list, where a person has decided which one is meant; empty to go by the name
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
        Optional<String> listKey) {

    public Purpose {
        topics = List.copyOf(topics);
    }

    /** A purpose with a list of its own, which is known by its name. */
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

    /** The same purpose, served by another list. */
    public Purpose withList(String other) {
        return new Purpose(
                name,
                statement,
                lawfulBasis,
                other,
                createList,
                signupForm,
                topics,
                confirmationList,
                sharedList,
                Optional.empty());
    }

    /** Twelve hexadecimal digits that change when the wording does; blanks and their kind do not count. */
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
