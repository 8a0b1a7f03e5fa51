package io.quittance.streams.history;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Decision;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.World;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.model.Origin;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A core that somebody has broken: passes everything on, but for what a subclass gets wrong. */
class Mutant implements Core {
    private final Core real = Core.real(Play.SETTINGS);

    Docket docket(Docket docket) {
        return docket;
    }

    Command command(Docket docket, Command command) {
        return command;
    }

    World world(World world) {
        return world;
    }

    Instant now(Instant now) {
        return now;
    }

    List<Effect> effects(List<Effect> effects) {
        return effects;
    }

    @Override
    public Decision decide(Docket docket, Command command, Origin origin, World world, Instant now) {
        return spoilt(real.decide(docket(docket), command(docket, command), origin, world(world), now(now)));
    }

    @Override
    public Decision tick(Docket docket, World world, Instant now) {
        return spoilt(real.tick(docket(docket), world(world), now(now)));
    }

    @Override
    public @Nullable Instant due(Docket docket) {
        return real.due(docket);
    }

    private Decision spoilt(Decision decision) {
        return new Decision(
                decision.docket(),
                decision.events(),
                effects(decision.effects()),
                decision.refusal(),
                decision.repeat());
    }

    /** Never tells anybody about effects of that type. */
    static Core mute(Class<? extends Effect> type) {
        return new Mutant() {
            @Override
            List<Effect> effects(List<Effect> effects) {
                return effects.stream()
                        .filter(effect -> !type.isInstance(effect))
                        .toList();
            }
        };
    }

    static Core hearing(UnaryOperator<Command> ear) {
        return new Mutant() {
            @Override
            Command command(Docket docket, Command command) {
                return ear.apply(command);
            }
        };
    }

    static Core deciding(UnaryOperator<Command.Decide> ear) {
        return hearing(command -> command instanceof Command.Decide decide ? ear.apply(decide) : command);
    }

    static Core seeing(UnaryOperator<World> eye) {
        return new Mutant() {
            @Override
            World world(World world) {
                return eye.apply(world);
            }
        };
    }

    static Core remembering(UnaryOperator<Docket> memory) {
        return new Mutant() {
            @Override
            Docket docket(Docket docket) {
                return memory.apply(docket);
            }
        };
    }

    static Core restarting(UnaryOperator<Docket> memory) {
        return new Mutant() {
            @Override
            public Docket restored(Docket docket) {
                return memory.apply(docket);
            }
        };
    }
}
