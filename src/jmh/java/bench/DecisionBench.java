package bench;

import io.consentbridge.consent.ConsentFacts;
import io.consentbridge.consent.ConsentPolicy;
import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.RecordedBasis;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How long one decision of the consent table takes: by its first row, by one in the middle, and by one of the last. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBench {

    private final ConsentTerms contract = new ConsentTerms(LawfulBasis.CONTRACT, Optional.empty(), true, false, false);
    private final ConsentTerms expressed =
            new ConsentTerms(LawfulBasis.CONSENT, Optional.of(ConsentSetting.EXPRESSED), true, true, true);
    private final ConsentFacts optedOut = new ConsentFacts(new RecordedBasis.Obtained(), null, true, false, null);
    private final ConsentFacts unanswered =
            new ConsentFacts(new RecordedBasis.Unanswered("Pending"), null, false, false, null);

    @Benchmark
    public Decision optedOut() {
        return ConsentPolicy.decide(expressed, optedOut);
    }

    @Benchmark
    public Decision contract() {
        return ConsentPolicy.decide(contract, unanswered);
    }

    @Benchmark
    public Decision unanswered() {
        return ConsentPolicy.decide(expressed, unanswered);
    }
}
