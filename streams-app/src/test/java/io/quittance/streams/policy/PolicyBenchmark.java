package io.quittance.streams.policy;

import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What a judgement costs in the worst case: only the last rule holds. Run by hand, see CONTRIBUTING.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgs = "-Xmx1g")
public class PolicyBenchmark {

    @Param({"10", "1000"})
    public int rules;

    /** Whether the rules speak of all four actions, or all of the one that is asked for. */
    @Param({"four", "one"})
    public String actions;

    private final Facts facts =
            new Given().ip("192.0.2.7").proven(2, Duration.ofMinutes(5)).facts();

    private CelPolicies policies = new Given().compiled();

    @Setup
    public void publish() {
        List<String> named =
                actions.equals("one") ? List.of("DELETE") : List.of("DELETE", "EXPORT", "ACCESS", "ANONYMIZE");
        Stream<Rule> passedOver = IntStream.range(1, rules)
                .mapToObj(i -> Given.rule(
                        "rule-" + i,
                        "request.action == '" + named.get(i % named.size()) + "' && verification.level >= 2"
                                + " && requester.inRole('role-" + i + "') && inCidr(requester.ip, '10.0.0.0/8')",
                        RuleOutcome.DENY));
        Rule last = Given.rule("last", "age(verification.at) < duration('1h')", RuleOutcome.APPROVE);
        policies =
                new Given().compiled(Stream.concat(passedOver, Stream.of(last)).toArray(Rule[]::new));
    }

    @Benchmark
    public Judgement judge() {
        return policies.judge(facts);
    }

    @Test
    void run() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(PolicyBenchmark.class.getSimpleName())
                        .addProfiler("gc")
                        .build())
                .run();
    }
}
