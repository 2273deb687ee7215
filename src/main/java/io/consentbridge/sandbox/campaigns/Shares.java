package io.consentbridge.sandbox.campaigns;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How many of those who get a mail react, and within what time.
 *
 * @param of the share from 0 to 1 by reaction; nothing for reactions that do not happen
 * @param seed equal seeds make the same people of a campaign of the same name react alike
 * @param within the time in which people react, counted from the delivery
 */
public record Shares(Map<Reaction, Double> of, long seed, Duration within) {

    public Shares {
        of.values().forEach(share -> {
            if (share < 0 || share > 1) {
                throw new IllegalArgumentException("a share is between 0 and 1");
            }
        });
        of = Map.copyOf(of);
    }

    /** Returns what people do unless told otherwise: of a hundred, 40 open, 12 click, 2 bounce, one leaves. */
    public static Shares usual() {
        Map<Reaction, Double> of = new EnumMap<>(Reaction.class);
        of.put(Reaction.OPEN, 0.4);
        of.put(Reaction.CLICK, 0.12);
        of.put(Reaction.SCAN, 0.03);
        of.put(Reaction.HARD_BOUNCE, 0.008);
        of.put(Reaction.SOFT_BOUNCE, 0.015);
        of.put(Reaction.UNSUBSCRIBE, 0.008);
        of.put(Reaction.LEAVE_TOPIC, 0.004);
        of.put(Reaction.COMPLAIN, 0.001);
        of.put(Reaction.FORWARD, 0.005);
        of.put(Reaction.AUTO_REPLY, 0.01);
        return new Shares(of, 1, Duration.ofHours(48));
    }

    /** Returns the same of opening, clicking and answering alone. */
    Shares harmless() {
        Map<Reaction, Double> fewer = new EnumMap<>(of);
        fewer.keySet()
                .removeAll(Set.of(
                        Reaction.HARD_BOUNCE,
                        Reaction.SOFT_BOUNCE,
                        Reaction.UNSUBSCRIBE,
                        Reaction.LEAVE_TOPIC,
                        Reaction.COMPLAIN));
        return new Shares(fewer, seed, within);
    }

    double of(Reaction reaction) {
        return of.getOrDefault(reaction, 0.0);
    }
}
