package io.quittance.quickstart;

import io.quittance.harness.Reaper;
import io.quittance.quickstart.stack.Ports;
import io.quittance.quickstart.stack.Stack;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one stack of their JVM: started when first asked for, closed with the test run. Tests share its
 * customers: the story takes them from the front, others from the back.
 */
public final class SharedStack implements ParameterResolver {
    private static final Path TARGET = Path.of("target");

    /**
     * The stack and where it keeps its files.
     *
     * @param directory holds the logs of its parts, and their state
     */
    public record Running(Stack stack, Path directory) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Running resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(Namespace.create(SharedStack.class));
        return store.getOrComputeIfAbsent(Parts.class, type -> Parts.start(), Parts.class)
                .running();
    }

    private record Parts(Reaper reaper, Stack stack) implements AutoCloseable {
        static Parts start() {
            var reaper = Reaper.temporary(TARGET);
            return new Parts(reaper, Stack.start(reaper, Ports.any(), TARGET.resolve("plugins"), line -> {}));
        }

        Running running() {
            return new Running(stack, reaper.directory());
        }

        @Override
        public void close() throws Exception {
            try (reaper) {
                stack.close();
            }
        }
    }
}
