package io.consentbridge.sandbox.people;

import java.util.List;
import java.util.Locale;

/**
 * One person of the CRM: values that follow from the dice and that more than one field uses.
 *
 * @param module the person's module
 */
record Person(Population population, Population.Group module, Dice dice) {

    private static final List<String> GROUP_NAMES = List.of(
            "info", "support", "admin", "administrator", "careers", "service", "hr", "webmaster", "sales", "contact");
    private static final Share<String> MODES = Share.of(
            Share.part(40, "Unsubscribe link"),
            Share.part(25, "Manual"),
            Share.part(20, "Consent form"),
            Share.part(15, "Zoho campaigns"));

    Name name() {
        return Names.of(dice);
    }

    AddressKind kind() {
        AddressKind kind = AddressKind.SHARES.draw(dice, Ask.ADDRESS_KIND);
        boolean alone = kind == AddressKind.TWIN && dice.ordinal() == 0
                || kind == AddressKind.CROSS_TWIN && module.twinsOf() == null;
        return alone ? AddressKind.GOOD : kind;
    }

    String email() {
        return switch (kind()) {
            case GOOD -> ownAddress();
            case NULL -> null;
            case EMPTY -> "";
            case MALFORMED -> malformed();
            case GROUP -> dice.pick(Ask.ADDRESS_FORM, GROUP_NAMES) + "@" + domain();
            case TWIN, CROSS_TWIN -> disguised(original().ownAddress());
        };
    }

    /** Returns true when the record says Email_Opt_Out. A person of two modules has the same choice in both. */
    boolean optedOut() {
        return kind() == AddressKind.CROSS_TWIN ? original().optedOut() : dice.perMille(Ask.OPT_OUT) < 30;
    }

    /** Returns how the person left; some left without the box being ticked (docs/zoho-notes.md, "CRM: opt-out"). */
    String unsubscribedMode() {
        boolean boxNotTicked = dice.perMille(Ask.OPT_OUT) >= 990;
        return optedOut() || boxNotTicked ? MODES.draw(dice, Ask.OPT_OUT_MODE) : null;
    }

    boolean converted() {
        return module == Population.Group.LEADS && dice.perMille(Ask.CONVERTED) < 40;
    }

    /** Returns the earlier record, or that of another module, whose address this one repeats. */
    private Person original() {
        Population.Group group = kind() == AddressKind.TWIN ? module : module.twinsOf();
        int below = group == module ? dice.ordinal() : population.size(group);
        Person candidate = population.person(group, dice.below(Ask.TWIN, Math.max(1, below)));
        while (candidate.kind() != AddressKind.GOOD && candidate.dice.ordinal() > 0) {
            candidate = population.person(group, candidate.dice.ordinal() - 1);
        }
        return candidate;
    }

    private String ownAddress() {
        Name name = name();
        String local = name.latinFirst() + "." + name.latinLast() + "." + module.letter()
                + Integer.toString(dice.ordinal(), 36);
        return local + "@" + domain();
    }

    private String domain() {
        return "c" + dice.below(Ask.DOMAIN, 400) + (dice.perMille(Ask.DOMAIN) < 700 ? ".example.com" : ".example.org");
    }

    private String disguised(String address) {
        return switch (dice.below(Ask.ADDRESS_FORM, 4)) {
            case 0 -> address;
            case 1 -> address.toUpperCase(Locale.ROOT);
            case 2 -> " " + address + " ";
            default -> address.substring(0, 1).toUpperCase(Locale.ROOT) + address.substring(1);
        };
    }

    private String malformed() {
        String first = name().latinFirst();
        return switch (dice.below(Ask.ADDRESS_FORM, 7)) {
            case 0 -> "jane@aol";
            case 1 -> "ted@zylkercom";
            case 2 -> first + ".example.com";
            case 3 -> first + "@";
            case 4 -> "@" + domain();
            case 5 -> first + " home@" + domain();
            default -> first + "@@" + domain();
        };
    }
}
