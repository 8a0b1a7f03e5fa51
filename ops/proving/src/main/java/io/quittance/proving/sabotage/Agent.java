package io.quittance.proving.sabotage;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.lang.instrument.Instrumentation;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/** Plants the bug that the agent's argument names. */
public final class Agent {
    /** What a process prints when the bug is in, before the class. */
    private static final String PLANTED = "SABOTAGE planted in ";

    private static final String APP = "io.quittance.streams.";
    private static final String DOCKETS = APP + "processor.DocketProcessor";
    private static final String GRANT_CHECK = "io.quittance.executor.grant.GrantCheck";
    private static final String JDBC = "io.quittance.executor.jdbc.";
    private static final String CONSUMER_UTILS = "org.apache.kafka.clients.consumer.internals.ConsumerUtils";

    private Agent() {}

    /** @param argument id of a {@link PlantedBug} */
    public static void premain(String argument, Instrumentation instrumentation) {
        cuts(PlantedBug.of(argument)).forEach(cut -> plant(instrumentation, cut));
    }

    /** What a process prints for each class that the bug goes into; it is whole when all have been printed. */
    public static List<String> marks(PlantedBug bug) {
        return cuts(bug).stream().map(cut -> PLANTED + cut.type()).toList();
    }

    /** Whether the line is one of those. */
    public static boolean isMark(String line) {
        return line.startsWith(PLANTED);
    }

    /** What goes where. */
    record Cut(String type, ElementMatcher.Junction<? super MethodDescription> method, Class<?> bug) {}

    static List<Cut> cuts(PlantedBug bug) {
        return switch (bug) {
            case EOS_OFF -> List.of(new Cut(APP + "app.StreamsProperties", named("of"), Bugs.AtLeastOnce.class));
            case READ_UNCOMMITTED ->
                List.of(new Cut(CONSUMER_UTILS, named("configuredIsolationLevel"), Bugs.Uncommitted.class));
            case LIMIT_OFF_BY_ONE -> List.of(new Cut(APP + "domain.limit.Account", named("room"), Bugs.OneMore.class));
            case SWALLOWED_REQUEST ->
                List.of(new Cut(DOCKETS, named("decide").and(takesArguments(2)), Bugs.SwallowedRequest.class));
            case LOST_REVOCATION -> List.of(new Cut(DOCKETS, writing(), Bugs.NoRevocation.class));
            case WINDOW_UNCHECKED -> List.of(new Cut(GRANT_CHECK, named("ensureWindow"), Bugs.Nothing.class));
            case DROPPED_TIMER -> List.of(new Cut(APP + "state.TimerIndex", named("set"), Bugs.ForgottenTimer.class));
            case DOUBLE_TASK -> List.of(new Cut(DOCKETS, writing(), Bugs.TaskTwice.class));
            case LYING_AUDIT -> List.of(new Cut(APP + "codec.AuditMapping", named("audit"), Bugs.Lie.class));
            case SURVIVING_ROWS ->
                List.of(
                        new Cut(JDBC + "Rows", named("delete"), Bugs.LeftRows.class),
                        new Cut(JDBC + "Disposer", named("residual"), Bugs.NoSecondLook.class));
            case SWALLOWED_DEAD_LETTER ->
                List.of(new Cut(DOCKETS, named("deadLetter").and(takesArguments(3)), Bugs.Nothing.class));
            case LOGGED_RECORD -> List.of(new Cut(DOCKETS, named("process"), Bugs.Printed.class));
        };
    }

    /** {@code write(Effect, Cause, Instant)}. */
    private static ElementMatcher.Junction<MethodDescription> writing() {
        return named("write").and(takesArguments(3));
    }

    private static void plant(Instrumentation instrumentation, Cut cut) {
        new AgentBuilder.Default()
                .type(named(cut.type()))
                .transform((builder, type, loader, module, domain) -> make(cut, type, builder))
                .with(new Loudly())
                .installOn(instrumentation);
    }

    /**
     * Makes the cut.
     *
     * @param type that it goes into
     * @throws IllegalStateException if the type has no method for it any more
     */
    static DynamicType.Builder<?> make(Cut cut, TypeDescription type, DynamicType.Builder<?> builder) {
        if (type.getDeclaredMethods().filter(cut.method()).isEmpty()) {
            throw new IllegalStateException(type.getName() + " has no such method any more");
        }
        return builder.visit(Advice.to(cut.bug()).on(cut.method()));
    }

    /** A bug that is not planted must not look like one that was not found. */
    private static final class Loudly extends AgentBuilder.Listener.Adapter {
        @Override
        public void onTransformation(
                TypeDescription type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                DynamicType dynamicType) {
            System.err.println(PLANTED + type.getName());
        }

        @Override
        public void onError(
                String type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable failure) {
            System.err.println("SABOTAGE failed in " + type + ": " + failure);
            Runtime.getRuntime().halt(70);
        }
    }
}
