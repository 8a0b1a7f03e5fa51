package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.fixture.RuleBuilder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConditionsInCelTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(ConditionsInCel.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.WARN);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(logged);
        logger.setLevel(null);
    }

    @Test
    void whatAnEarlierVersionLetThroughIsTakenUpWithAWarning() {
        ConditionsInCel.compile(policy("'health' in request.categories"));

        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getKeyValuePairs().toString()).contains("rule only, line 1, column 20: An empty list");
        });
    }

    @Test
    void whatDoesNotCompileIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> ConditionsInCel.compile(policy("request.nothing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rule only, line 1, column 8: undefined field 'nothing'");
    }

    private static Policy policy(String when) {
        return new Policy(
                "default",
                7,
                List.of(RuleBuilder.rule("only", when, RuleOutcome.DENY)
                        .reason("")
                        .build()));
    }
}
