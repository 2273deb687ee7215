package io.consentbridge.sandbox.people;

import java.util.List;

/** Company names, some with characters that break careless software. */
final class Companies {

    private static final List<String> FIRST = List.of(
            "Alpine",
            "Northwind",
            "Blue Harbour",
            "Zylker",
            "Café Central",
            "Grand Hôtel",
            "Sunrise 🌅",
            "Müller & Söhne",
            "Rocket 🚀",
            "東京旅館",
            "O'Hara's",
            "\"Quoted\"",
            "Straße 7",
            "Lagoon, Inc.",
            "Ñandú",
            "فندق");
    private static final List<String> SECOND =
            List.of("GmbH", "Ltd", "Hotels", "S.A.", "B.V.", "Resorts 🏨", "Group", "& Co. KG", "Studio", "AG");

    private Companies() {}

    static String of(Dice dice) {
        return dice.pick(Ask.COMPANY, FIRST) + " " + dice.pick(Ask.COMPANY + 1_000, SECOND) + " "
                + dice.below(Ask.COMPANY + 2_000, 900);
    }
}
