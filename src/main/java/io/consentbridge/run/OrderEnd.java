package io.consentbridge.run;

import java.util.ArrayList;
import java.util.List;

/**
 * How an order of a whole sync ends whose parts have ended (B104): failed when one failed, braked while the brake holds one,
 * else as it was admitted.
 *
 * @param state its state
 * @param message what there is to say of the parts; null for nothing
 * @param outOfReach whether a part failed because Zoho or the database could not be reached
 */
record OrderEnd(RunState state, String message, boolean outOfReach) {

    static OrderEnd of(Run order, List<Run> parts) {
        List<String> notes = new ArrayList<>(order.message().stream().toList());
        List<Run> failed = in(parts, RunState.FAILED);
        List<Run> braked = in(parts, RunState.BRAKED);
        if (!failed.isEmpty()) {
            notes.add(failed.size() + " of " + parts.size() + " parts failed: " + messages(failed));
        }
        if (!braked.isEmpty()) {
            notes.add("the brake holds " + braked.size() + " of " + parts.size() + " parts: " + messages(braked));
        }
        RunState state = !failed.isEmpty() ? RunState.FAILED : !braked.isEmpty() ? RunState.BRAKED : order.endsAs();
        return new OrderEnd(
                state,
                notes.isEmpty() ? null : String.join("; ", notes),
                failed.stream().anyMatch(Run::outOfReach));
    }

    private static List<Run> in(List<Run> parts, RunState state) {
        return parts.stream().filter(part -> part.state() == state).toList();
    }

    private static String messages(List<Run> parts) {
        return String.join(
                "; ",
                parts.stream()
                        .flatMap(part -> part.message().stream())
                        .distinct()
                        .toList());
    }
}
