package io.quittance.streams.history;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Decider;
import io.quittance.streams.domain.Decision;
import io.quittance.streams.domain.Settings;
import io.quittance.streams.domain.World;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.limit.Limits;
import io.quittance.streams.domain.model.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a history is played against: the core, or a core that somebody has broken on purpose. */
interface Core {
    Decision decide(Docket docket, Command command, Origin origin, World world, Instant now);

    Decision tick(Docket docket, World world, Instant now);

    @Nullable
    Instant due(Docket docket);

    /** What is read back of a docket after a restart. */
    default Docket restored(Docket docket) {
        return docket;
    }

    /** What the limiter takes the limits for. */
    default Limits governing(Limits limits) {
        return limits;
    }

    static Core real(Settings settings) {
        var decider = new Decider(settings);
        return new Core() {
            @Override
            public Decision decide(Docket docket, Command command, Origin origin, World world, Instant now) {
                return decider.decide(docket, command, origin, world, now);
            }

            @Override
            public Decision tick(Docket docket, World world, Instant now) {
                return decider.tick(docket, world, now);
            }

            @Override
            public @Nullable Instant due(Docket docket) {
                return decider.due(docket);
            }
        };
    }
}
