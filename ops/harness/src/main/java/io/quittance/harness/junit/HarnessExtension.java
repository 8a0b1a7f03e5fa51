package io.quittance.harness.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Resolves parameters to {@link SharedParts}, which the root store closes at the end of the test run. */
public final class HarnessExtension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return SharedParts.TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(Namespace.create(HarnessExtension.class));
        var parts = store.getOrComputeIfAbsent(SharedParts.class, type -> new SharedParts(), SharedParts.class);
        return parts.get(parameter.getParameter().getType());
    }
}
