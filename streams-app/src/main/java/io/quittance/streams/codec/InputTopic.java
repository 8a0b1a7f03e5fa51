package io.quittance.streams.codec;

import io.quittance.contract.Topics;
import io.quittance.schema.Completion;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.DirectiveEvent;
import io.quittance.schema.LimitPermit;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.VerificationEvent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** What a docket is fed from. All are keyed by subject and have the same number of partitions. */
public enum InputTopic {
    REQUESTS(Topics::requests, RequestEvent.class),
    DECISIONS(Topics::decisions, DecisionEvent.class),
    VERIFICATIONS(Topics::verifications, VerificationEvent.class),
    DIRECTIVES(Topics::directives, DirectiveEvent.class),
    COMPLETIONS(Topics::completions, Completion.class),
    LIMIT_PERMITS(Topics::limitPermits, LimitPermit.class);

    private final Function<Topics, String> name;
    private final Class<? extends SpecificRecord> type;

    InputTopic(Function<Topics, String> name, Class<? extends SpecificRecord> type) {
        this.name = name;
        this.type = type;
    }

    public String in(Topics topics) {
        return name.apply(topics);
    }

    public Class<? extends SpecificRecord> type() {
        return type;
    }

    public static List<String> names(Topics topics) {
        return Arrays.stream(values()).map(input -> input.in(topics)).toList();
    }
}
