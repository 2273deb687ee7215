package io.consentbridge.sandbox.people;

import java.util.List;

/** Cities with their countries. */
record Towns(String city, String state, String zip, String country) {

    private static final List<Towns> ALL = List.of(
            new Towns("Berlin", "Berlin", "10115", "Germany"),
            new Towns("München", "Bayern", "80331", "Germany"),
            new Towns("Paris", "Île-de-France", "75001", "France"),
            new Towns("Kraków", "Małopolska", "30-001", "Poland"),
            new Towns("São Paulo", "SP", "01000-000", "Brazil"),
            new Towns("東京", "東京都", "100-0001", "Japan"),
            new Towns("القاهرة", "القاهرة", "11511", "Egypt"),
            new Towns("New York", "NY", "10001", "United States"));

    static Towns of(Dice dice) {
        return dice.pick(Ask.CITY, ALL);
    }
}
