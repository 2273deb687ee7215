package io.consentbridge.results;

import io.consentbridge.campaigns.CampaignReport;
import io.consentbridge.campaigns.RecipientAction;
import io.consentbridge.reaction.Figure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The stored words of what recipients did, and the figures of a report that count them. */
public final class ReactionWords {

    private ReactionWords() {}

    /** The stored word. */
    public static String of(RecipientAction action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static RecipientAction action(String word) {
        return RecipientAction.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** All words. */
    public static List<String> all() {
        return Arrays.stream(RecipientAction.values()).map(ReactionWords::of).toList();
    }

    /** The figures that move when somebody does it; the first one that a report gives counts the people. */
    static List<Figure> figures(RecipientAction action) {
        return switch (action) {
            case SENT -> List.of(Figure.SENT);
            case OPENED -> List.of(Figure.OPENED);
            case UNOPENED -> List.of(Figure.UNOPENED);
            case CLICKED -> List.of(Figure.CLICKED);
            case OPTED_OUT -> List.of(Figure.UNSUBSCRIBED);
            case SPAM -> List.of(Figure.SPAM, Figure.COMPLAINTS);
            case HARD_BOUNCE -> List.of(Figure.HARD_BOUNCES);
            case SOFT_BOUNCE -> List.of(Figure.SOFT_BOUNCES);
            case UNSENT -> List.of(Figure.UNSENT);
        };
    }

    /** The figures of a report. */
    static Map<Figure, OptionalLong> figures(CampaignReport report) {
        Map<Figure, OptionalLong> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.SENT, report.sent());
        figures.put(Figure.DELIVERED, report.delivered());
        figures.put(Figure.OPENED, report.opened());
        figures.put(Figure.UNOPENED, report.unopened());
        figures.put(Figure.CLICKED, report.clicked());
        figures.put(Figure.HARD_BOUNCES, report.hardBounces());
        figures.put(Figure.SOFT_BOUNCES, report.softBounces());
        figures.put(Figure.UNSENT, report.unsent());
        figures.put(Figure.UNSUBSCRIBED, report.unsubscribed());
        figures.put(Figure.SPAM, report.spam());
        figures.put(Figure.COMPLAINTS, report.complaints());
        figures.put(Figure.FORWARDED, report.forwarded());
        figures.put(Figure.AUTO_REPLIED, report.autoReplied());
        return figures;
    }
}
