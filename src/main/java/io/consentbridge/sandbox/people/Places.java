package io.consentbridge.sandbox.people;

import java.util.List;

/** Cities with their countries. */
record Places(String city, String state, String zip, String country) {

    private static final List<Places> ALL = List.of(
            new Places("Berlin", "Berlin", "10115", "Germany"),
            new Places("München", "Bayern", "80331", "Germany"),
            new Places("Paris", "Île-de-France", "75001", "France"),
            new Places("Kraków", "Małopolska", "30-001", "Poland"),
            new Places("São Paulo", "SP", "01000-000", "Brazil"),
            new Places("東京", "東京都", "100-0001", "Japan"),
            new Places("القاهرة", "القاهرة", "11511", "Egypt"),
            new Places("New York", "NY", "10001", "United States"));

    static Places of(Dice dice) {
        return dice.pick(Ask.CITY, ALL);
    }
}
