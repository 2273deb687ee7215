package io.consentbridge.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The result of a parent run whose part runs have ended (B104): failed if one failed, braked while the brake holds one,
 * otherwise as it was admitted.
 *
 * @param state its state
 * @param message the notes of the parent run and the messages of the part runs that failed; null for none
 * @param brake what the brake says of the part runs that it holds; null when it holds none
 * @param outOfReach whether a part run failed because Zoho or the database could not be reached
 */
record ParentRunResult(RunState state, String message, String brake, boolean outOfReach) {

    static ParentRunResult of(Run parent, List<Run> parts) {
        List<String> notes = new ArrayList<>(parent.message().stream().toList());
        List<Run> failed = in(parts, RunState.FAILED);
        List<Run> braked = in(parts, RunState.BRAKED);
        if (!failed.isEmpty()) {
            notes.add(failed.size() + " of " + parts.size() + " parts failed: " + texts(failed, Run::message));
        }
        String brake = braked.isEmpty()
                ? null
                : "the brake holds removals in " + braked.size() + " of " + parts.size() + " parts:" + " "
                        + texts(braked, Run::brake);
        RunState state = !failed.isEmpty() ? RunState.FAILED : !braked.isEmpty() ? RunState.BRAKED : parent.endsAs();
        return new ParentRunResult(
                state,
                notes.isEmpty() ? null : String.join("; ", notes),
                brake,
                failed.stream().anyMatch(Run::outOfReach));
    }

    private static List<Run> in(List<Run> parts, RunState state) {
        return parts.stream().filter(part -> part.state() == state).toList();
    }

    private static String texts(List<Run> parts, Function<Run, Optional<String>> text) {
        return String.join(
                "; ",
                parts.stream()
                        .flatMap(part -> text.apply(part).stream())
                        .distinct()
                        .toList());
    }
}
